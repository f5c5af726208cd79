//! git's log stream, and histories as they are stored.

use mentorship_core::knowledge::{
    History, PersonSet, Reading, Readings, Scope, Settings, TreeLimits,
};

/// A stream in one piece, in small ones, and stored and taken back, is one history.
pub fn stream(data: &[u8]) {
    let mut whole = History::new(Settings::default());
    whole.push(data);
    let summary = whole.finish(None);
    for size in [1, 7, 64] {
        let mut pieces = History::new(Settings::default());
        data.chunks(size).for_each(|piece| pieces.push(piece));
        assert_eq!(pieces.finish(None), summary, "in pieces of {size}");
        if summary.is_ok() {
            assert_eq!(told(&pieces), told(&whole), "in pieces of {size}");
        }
    }
    let Ok(summary) = summary else { return };
    assert_eq!(whole.tip(), summary.tip);
    hold_readings(&whole);
    let stored = whole.store("basis");
    let restored = History::restore(Settings::default(), &stored, "basis");
    let Ok(mut restored) = restored else {
        panic!("what was stored is not taken back: {:?}", restored.err());
    };
    assert_eq!(restored.finish(None).as_ref(), Ok(&summary));
    assert_eq!(told(&restored), told(&whole));
    assert_eq!(restored.store("basis"), stored);
    assert!(History::restore(Settings::default(), &stored, "other").is_err());
}

/// Stored bytes that somebody changed, their checksum made right again: they are
/// refused, or are a history that can be asked and stored.
pub fn state(data: &[u8]) {
    drop(History::restore(Settings::default(), data, ""));
    let mut stored = data.to_vec();
    stored.extend_from_slice(&checksum_of(data).to_le_bytes());
    let Ok(mut history) = History::restore(Settings::default(), &stored, "") else {
        return;
    };
    if history.finish(None).is_err() {
        return;
    }
    hold_readings(&history);
    let again = History::restore(Settings::default(), &history.store(""), "");
    let mut again = again.expect("what was stored is taken back");
    assert!(again.finish(None).is_ok());
    assert_eq!(told(&again), told(&history));
}

/// What the format has at its end, of everything before it.
fn checksum_of(bytes: &[u8]) -> u64 {
    let mix = |hash: u64, word: u64| {
        let mixed = (hash ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd);
        mixed ^ (mixed >> 32)
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let hash = words.fold(bytes.len() as u64, mix);
    let rest = rest.iter().map(|&byte| u64::from(byte));
    rest.fold(hash, mix)
}

const SCOPES: [Scope<'static>; 3] = [
    Scope::Repository,
    Scope::Subtree("src"),
    Scope::Subtree("a"),
];

/// All that leaves a history.
fn told(history: &History) -> (Vec<String>, Vec<String>, Vec<String>) {
    let files = history.files();
    let files = files.map(|(path, class)| format!("{path:?} {class:?}"));
    let people = history.people().iter().map(|person| format!("{person:?}"));
    let readings = SCOPES.map(|scope| {
        let left = history.those(|person| person.name.starts_with('E'));
        format!("{:?}", history.readings(&scope, &left))
    });
    (files.collect(), people.collect(), readings.to_vec())
}

fn hold_readings(history: &History) {
    let people = history.people().len();
    for scope in &SCOPES {
        let Readings {
            authorship,
            recent,
            absence,
        } = history.readings(scope, &PersonSet::nobody());
        for reading in [&authorship, &recent, &absence] {
            hold_reading(reading, people);
            assert_eq!(reading.bus_factor, reading.as_published, "nobody has left");
        }
        let nobody = history.readings(scope, &history.those(|_| true));
        for reading in [nobody.authorship, nobody.recent] {
            assert!(
                reading.bus_factor.is_none_or(|factor| factor == 0),
                "all have left"
            );
        }
        for since in [0, i64::MIN] {
            drop(history.activity(scope, since, i64::MAX));
            drop(history.reviews(scope, since, i64::MAX));
        }
    }
    drop(history.tree("", &TreeLimits::default(), &PersonSet::nobody()));
}

fn hold_reading(reading: &Reading, people: usize) {
    assert!((0.0..=1.0).contains(&reading.coverage), "{reading:?}");
    let holders = u32::try_from(reading.people.len()).unwrap_or(u32::MAX);
    assert!(
        reading.bus_factor.is_none_or(|factor| factor <= holders),
        "{reading:?}"
    );
    assert_eq!(
        reading.bus_factor.is_none(),
        reading.files.counted == 0,
        "{reading:?}"
    );
    assert!(
        reading.files.orphaned <= reading.files.counted,
        "{reading:?}"
    );
    let mut places = reading.people.iter().zip(reading.people.iter().skip(1));
    assert!(
        places.all(|(one, next)| one.files >= next.files),
        "{reading:?}"
    );
    for holder in &reading.people {
        assert!((holder.person as usize) < people, "{holder:?}");
        assert!((0.0..=1.0).contains(&holder.share), "{holder:?}");
    }
}
