//! What holds for every history: properties over random ones, and agreement
//! with an independent, slow reading of the formulas.
#![allow(clippy::unwrap_used)]

mod knowledge_stream;
mod properties;

use knowledge_stream::{Change, Commit, DAY, name, stream};
use mentorship_core::knowledge::{History, PersonSet, Readings, Scope, Settings};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const PEOPLE: [&str; 5] = ["Ada", "Ben", "Cleo", "Dan", "Eve"];

/// What a random commit does, before it is known which files there are.
#[derive(Debug, Clone)]
struct Draft {
    author: usize,
    co_author: Option<usize>,
    days: i64,
    /// Which line of history it is on, and whether it merges the other one.
    side: bool,
    merges: bool,
    changes: Vec<(u8, usize, usize)>,
}

fn draft() -> impl Strategy<Value = Draft> {
    let change = (0..10_u8, 0..12_usize, 0..12_usize);
    (
        0..PEOPLE.len(),
        proptest::option::weighted(0.2, 0..PEOPLE.len()),
        0..60_i64,
        any::<bool>(),
        proptest::bool::weighted(0.3),
        proptest::collection::vec(change, 0..4),
    )
        .prop_map(|(author, co_author, days, side, merges, changes)| Draft {
            author,
            co_author,
            days,
            side,
            merges,
            changes,
        })
}

fn path(number: usize) -> String {
    let directory = ["", "src/", "src/api/"][number % 3];
    format!("{directory}f{number}.rs")
}

/// Plays drafts on a mainline and, where `branching`, one side line after the
/// other. Files of a merge are those of both lines, so that the stream tells
/// what lives.
fn play(drafts: &[Draft], branching: bool) -> Vec<Commit> {
    let mut commits: Vec<Commit> = Vec::new();
    let mut time = 10_000 * DAY;
    let mut main: (Option<u32>, BTreeSet<String>) = (None, BTreeSet::new());
    let mut side: Option<(u32, BTreeSet<String>)> = None;
    for draft in drafts {
        let number = u32::try_from(commits.len()).unwrap();
        time += draft.days * DAY;
        let on_side = branching && draft.side && main.0.is_some();
        let (parent, files) = match (on_side, &side) {
            (true, Some((tip, files))) => (Some(*tip), files.clone()),
            (true, None) | (false, _) => main.clone(),
        };
        let merged = match (&side, on_side) {
            (Some(side), false) if draft.merges => Some(side.clone()),
            _ => None,
        };
        let mut commit = Commit::new(number, PEOPLE[draft.author], &[]).at(time);
        commit.parents = parent.into_iter().collect();
        let mut files = files;
        if let Some((tip, theirs)) = merged {
            commit.parents.push(tip);
            files.extend(theirs);
            side = None;
        } else {
            commit.co_authors = draft
                .co_author
                .map(|who| PEOPLE[who].to_owned())
                .into_iter()
                .collect();
            commit.changes = changes(&draft.changes, &mut files);
        }
        commits.push(commit);
        if on_side {
            side = Some((number, files));
        } else {
            main = (Some(number), files);
        }
    }
    // One tip: the last line comes home.
    if let (Some((tip, _)), Some(home)) = (side, main.0) {
        let number = u32::try_from(commits.len()).unwrap();
        commits.push(Commit::new(number, "Ada", &[]).at(time).on(&[home, tip]));
    }
    commits
}

fn changes(drafts: &[(u8, usize, usize)], files: &mut BTreeSet<String>) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut touched = BTreeSet::new();
    for &(kind, from, to) in drafts {
        let (from, to) = (path(from), path(to));
        if !touched.insert(from.clone()) || touched.contains(&to) {
            continue;
        }
        if !files.contains(&from) {
            files.insert(from.clone());
            changes.push(Change::Add(from));
        } else if kind == 0 {
            files.remove(&from);
            changes.push(Change::Delete(from));
        } else if kind <= 2 && !files.contains(&to) {
            touched.insert(to.clone());
            files.remove(&from);
            files.insert(to.clone());
            changes.push(Change::Rename(from, to));
        } else {
            changes.push(Change::Modify(from));
        }
    }
    changes
}

fn finished(mut history: History) -> History {
    history.finish(None).unwrap();
    history
}

fn history(commits: &[Commit]) -> History {
    let mut history = History::new(Settings::default());
    history.push(&stream(commits));
    finished(history)
}

/// All that leaves a history: files, people and readings.
fn told(history: &History) -> (Vec<String>, Vec<String>, Vec<Readings>) {
    let files = history.files();
    let files = files.map(|(path, class)| format!("{path:?} {class:?}"));
    let people = history.people().iter().map(|person| format!("{person:?}"));
    let readings = ["", "src", "src/api"].map(|directory| {
        let left = history.those(|person| person.name == "Eve");
        history.readings(&Scope::Subtree(directory), &left)
    });
    (files.collect(), people.collect(), readings.to_vec())
}

fn ancestors(commits: &[Commit], of: u32) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut open = vec![of];
    while let Some(number) = open.pop() {
        if found.insert(number) {
            open.extend(&commits[number as usize].parents);
        }
    }
    found
}

/// Another order in which no commit comes before its parents.
fn reordered(commits: &[Commit], picks: &[usize]) -> Vec<Commit> {
    let mut waiting: Vec<&Commit> = commits.iter().collect();
    let mut done = BTreeSet::new();
    let mut order = Vec::new();
    for step in 0.. {
        let ready: Vec<usize> = (0..waiting.len())
            .filter(|&place| {
                waiting[place]
                    .parents
                    .iter()
                    .all(|parent| done.contains(parent))
            })
            .collect();
        let Some(&place) = ready.get(picks[step % picks.len()] % ready.len().max(1)) else {
            break;
        };
        let commit = waiting.remove(place);
        done.insert(commit.number);
        order.push(commit.clone());
    }
    order
}

proptest! {
    #![proptest_config(properties::tried_on(64))]

    #[test]
    fn chunks_of_any_size_say_the_same(
        drafts in proptest::collection::vec(draft(), 1..20),
        sizes in proptest::collection::vec(1..40_usize, 1..10),
    ) {
        let commits = play(&drafts, true);
        let whole = history(&commits);
        let mut pieces = History::new(Settings::default());
        let bytes = stream(&commits);
        let mut rest = &bytes[..];
        for size in sizes.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (piece, behind) = rest.split_at((*size).min(rest.len()));
            pieces.push(piece);
            rest = behind;
        }
        prop_assert_eq!(told(&whole), told(&finished(pieces)));
    }

    #[test]
    fn a_history_continued_is_one_read_from_the_beginning(
        drafts in proptest::collection::vec(draft(), 1..16),
    ) {
        let commits = play(&drafts, true);
        let whole = told(&history(&commits));
        let tip = commits.len() as u32 - 1;
        for cut in ancestors(&commits, tip) {
            let known = ancestors(&commits, cut);
            let part = |old: bool| -> Vec<Commit> {
                let is_part = |commit: &&Commit| known.contains(&commit.number) == old;
                commits.iter().filter(is_part).cloned().collect()
            };
            let stored = history(&part(true)).store("");
            let mut continued = History::restore(Settings::default(), &stored, "").unwrap();
            prop_assert_eq!(continued.tip(), Some(name(cut)));
            continued.push(&stream(&part(false)));
            prop_assert_eq!(&whole, &told(&finished(continued)));
        }
    }

    #[test]
    fn the_order_of_unrelated_commits_does_not_matter(
        drafts in proptest::collection::vec(draft(), 1..30),
        picks in proptest::collection::vec(0..100_usize, 1..30),
    ) {
        let commits = play(&drafts, true);
        let other = reordered(&commits, &picks);
        prop_assert_eq!(told(&history(&commits)), told(&history(&other)));
    }

    #[test]
    fn a_file_that_is_only_moved_keeps_its_people(
        drafts in proptest::collection::vec(draft(), 1..20),
        moved in any::<prop::sample::Index>(),
    ) {
        let commits = play(&drafts, false);
        let files: BTreeSet<String> = history(&commits)
            .files()
            .map(|(path, _)| String::from_utf8(path.to_vec()).unwrap())
            .collect();
        let files = Vec::from_iter(files);
        prop_assume!(!files.is_empty());
        let from = moved.get(&files).clone();
        let number = commits.len() as u32;
        let time = commits.last().unwrap().time;
        let mut settings = Settings::default();
        settings.ignore_revisions(&name(number));
        let last = Commit::new(number, "Zoe", &[Change::Rename(from, "elsewhere/moved.rs".into())]);
        let with_move: Vec<Commit> = commits.iter().cloned().chain([last.at(time)]).collect();
        let mut after = History::new(settings);
        after.push(&stream(&with_move));
        let after = finished(after);
        let readings = |history: &History| {
            let readings = history.readings(&Scope::Repository, &PersonSet::nobody());
            let of = |reading: mentorship_core::knowledge::Reading| {
                let people = reading.people.into_iter();
                let key = |person: u32| history.people()[person as usize].key.clone();
                let people = people.map(|holder| (key(holder.person), holder.files, holder.changes));
                (reading.bus_factor, reading.files, people.collect::<Vec<_>>())
            };
            (of(readings.authorship), of(readings.recent), of(readings.absence))
        };
        prop_assert_eq!(readings(&history(&commits)), readings(&after));
    }

    #[test]
    fn when_the_last_holder_goes_nothing_is_left(
        drafts in proptest::collection::vec(draft(), 1..30),
    ) {
        let history = history(&play(&drafts, true));
        let mut left: BTreeSet<u32> = BTreeSet::new();
        let reading = |left: &BTreeSet<u32>| {
            let keys: BTreeSet<&str> = left
                .iter()
                .map(|&person| history.people()[person as usize].key.as_str())
                .collect();
            let left = history.those(|person| keys.contains(person.key.as_str()));
            history.readings(&Scope::Repository, &left)
        };
        let first = reading(&left).authorship;
        prop_assume!(first.bus_factor.is_some());
        let mut before = first.bus_factor;
        for holder in first.people {
            left.insert(holder.person);
            let after = reading(&left).authorship;
            prop_assert!(after.bus_factor <= before);
            prop_assert_eq!(after.as_published, first.as_published);
            before = after.bus_factor;
        }
        prop_assert_eq!(before, Some(0));
    }

    #[test]
    fn people_united_later_are_one_from_the_beginning(
        drafts in proptest::collection::vec(draft(), 1..30),
    ) {
        let commits = play(&drafts, true);
        let mut united = history(&commits);
        let apart = told(&united);
        united.unite(&|person| {
            let is_ada = ["Ada", "Ben"].contains(&person.name.as_str());
            is_ada.then(|| "user:default/ada".to_owned())
        });

        let mut renamed = commits;
        for commit in &mut renamed {
            for name in commit.co_authors.iter_mut().chain([&mut commit.author]) {
                if name == "Ben" {
                    "Ada".clone_into(name);
                }
            }
        }
        let one = told(&history(&renamed));
        let (files, _, readings) = told(&united);
        prop_assert_eq!((files, readings), (one.0, one.2));

        united.unite(&|_| None);
        prop_assert_eq!(told(&united), apart);
    }

    #[test]
    fn an_independent_reading_of_the_formulas_agrees(
        drafts in proptest::collection::vec(draft(), 1..40),
    ) {
        let commits = play(&drafts, false);
        let history = history(&commits);
        let readings = history.readings(&Scope::Repository, &PersonSet::nobody());
        let oracle = Oracle::of(&commits);
        prop_assert_eq!(readings.authorship.bus_factor, oracle.authorship());
        prop_assert_eq!(readings.recent.bus_factor, oracle.recent());
    }

    #[test]
    fn work_on_a_file_is_what_is_found_by_looking_for_each_name(
        drafts in proptest::collection::vec(draft(), 1..40),
    ) {
        let commits = play(&drafts, false);
        let history = history(&commits);
        for number in 0..12 {
            let path = path(number);
            let work = history.work(&Scope::Files(&[&path]));
            let told: Vec<i64> = work.iter().map(|work| work.time).collect();
            let mut found = BTreeSet::new();
            touching(&commits, &path, i64::MAX, &mut found);
            let times = found.into_iter().map(|number| commits[number as usize].time);
            prop_assert_eq!(told, times.collect::<Vec<_>>());
        }
    }

    #[test]
    fn any_bytes_are_an_error_or_a_history(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        at in 0..2_000_usize,
        drafts in proptest::collection::vec(draft(), 1..5),
    ) {
        let mut history = History::new(Settings::default());
        history.push(&bytes);
        let _ = history.finish(None);
        let mut whole = stream(&play(&drafts, true));
        let place = at % whole.len();
        let end = (place + bytes.len()).min(whole.len());
        whole.splice(place..end, bytes.iter().copied());
        let mut history = History::new(Settings::default());
        history.push(&whole);
        if history.finish(None).is_ok() {
            told(&history);
        }
    }
}

/// The commits on a path, and on what it was called before, each name until the path
/// left it.
fn touching(commits: &[Commit], path: &str, until: i64, found: &mut BTreeSet<u32>) {
    for commit in commits.iter().filter(|commit| commit.time <= until) {
        for change in &commit.changes {
            match change {
                Change::Rename(from, to) if to == path => {
                    // Its own commit leads back to the other name once.
                    if found.insert(commit.number) || commit.time < until {
                        touching(commits, from, commit.time, found);
                    }
                }
                Change::Rename(other, _)
                | Change::Add(other)
                | Change::Modify(other)
                | Change::Delete(other) => {
                    if other == path {
                        found.insert(commit.number);
                    }
                }
            }
        }
    }
}

/// Reads linear histories the slow way, file by file, from the formulas as
/// they are written down.
struct Oracle {
    /// Living files with the events of every path that they had.
    files: BTreeMap<String, Vec<Work>>,
    last: i64,
}

#[derive(Debug, Clone)]
struct Work {
    kind: char,
    author: String,
    co_authors: Vec<String>,
    time: i64,
}

impl Oracle {
    fn of(commits: &[Commit]) -> Self {
        let mut on_path: BTreeMap<String, Vec<Work>> = BTreeMap::new();
        let mut sources: BTreeMap<String, BTreeSet<(String, i64)>> = BTreeMap::new();
        let mut living = BTreeSet::new();
        let last = commits.last().unwrap().time;
        for commit in commits {
            for change in &commit.changes {
                let (kind, path) = match change {
                    Change::Add(path) => ('A', path),
                    Change::Modify(path) => ('M', path),
                    Change::Delete(path) => {
                        living.remove(path);
                        continue;
                    }
                    Change::Rename(from, to) => {
                        living.remove(from);
                        let sources = sources.entry(to.clone()).or_default();
                        sources.insert((from.clone(), commit.time));
                        ('R', to)
                    }
                };
                living.insert(path.clone());
                on_path.entry(path.clone()).or_default().push(Work {
                    kind,
                    author: commit.author.clone(),
                    co_authors: commit.co_authors.clone(),
                    time: commit.time,
                });
            }
        }
        let closure = |path: &String, since: i64| {
            let mut paths = BTreeSet::from([path.clone()]);
            loop {
                let more: BTreeSet<String> = paths
                    .iter()
                    .filter_map(|path| sources.get(path))
                    .flatten()
                    .filter(|(_, time)| *time >= since)
                    .map(|(source, _)| source.clone())
                    .collect();
                let before = paths.len();
                paths.extend(more);
                if paths.len() == before {
                    return paths;
                }
            }
        };
        let since = last - 547 * DAY;
        let files = living.into_iter().map(|file| {
            let recent = closure(&file, since);
            let mut works = Vec::new();
            for path in closure(&file, i64::MIN) {
                for work in on_path.get(&path).into_iter().flatten() {
                    // What only old renames lead to is of no recent work.
                    let mut work = work.clone();
                    if !recent.contains(&path) {
                        work.time = i64::MIN;
                    }
                    works.push(work);
                }
            }
            (file, works)
        });
        Self {
            files: files.collect(),
            last,
        }
    }

    fn authorship(&self) -> Option<u32> {
        let holders = self.files.values().map(|works| {
            let mut added: BTreeSet<&str> = BTreeSet::new();
            let mut deliveries: BTreeMap<&str, f64> = BTreeMap::new();
            for work in works {
                if work.kind == 'A' {
                    added.insert(&work.author);
                    deliveries.entry(&work.author).or_default();
                } else {
                    *deliveries.entry(&work.author).or_default() += 1.0;
                }
            }
            let all: f64 = deliveries.values().sum();
            let degree = |(who, own): (&&str, &f64)| {
                let first = if added.contains(who) { 1.098 } else { 0.0 };
                3.293 + first + 0.164 * own - 0.321 * (1.0 + all - own).ln()
            };
            let most = deliveries.iter().map(degree).fold(f64::MIN, f64::max);
            let holds = |who: &&str| {
                let degree = degree((who, &deliveries[who]));
                degree / most > 0.75 && (degree >= 3.293 || added.contains(who))
            };
            let holders = deliveries.keys().copied().filter(|who| holds(who));
            Held {
                holders: holders.map(str::to_owned).collect(),
                changes: self.changes(works),
            }
        });
        greedy(&holders.collect::<Vec<_>>())
    }

    /// Changes authored at any time, and those of the window co-authored.
    fn changes(&self, works: &[Work]) -> BTreeMap<String, u32> {
        let mut changes: BTreeMap<String, u32> = BTreeMap::new();
        for work in works {
            let mut people = BTreeSet::from([&work.author]);
            if work.time >= self.last - 547 * DAY {
                people.extend(&work.co_authors);
            }
            for person in people {
                *changes.entry(person.clone()).or_default() += 1;
            }
        }
        changes
    }

    fn recent(&self) -> Option<u32> {
        let since = self.last - 547 * DAY;
        let holders = self.files.values().filter_map(|works| {
            let mut commits: BTreeMap<&str, f64> = BTreeMap::new();
            let mut own: BTreeMap<&str, f64> = BTreeMap::new();
            for work in works
                .iter()
                .filter(|work| work.time >= since && work.kind != 'R')
            {
                let weight = (-(((self.last - work.time) / DAY) as f64) / 90.0).exp();
                if work.kind == 'A' {
                    let own = own.entry(&work.author).or_default();
                    *own = own.max(weight);
                }
                let authors: BTreeSet<&str> = std::iter::once(&work.author)
                    .chain(&work.co_authors)
                    .map(String::as_str)
                    .collect();
                for author in authors {
                    *commits.entry(author).or_default() += weight;
                }
            }
            let all: f64 = commits.values().sum();
            let knowledge = |(who, part): (&&str, &f64)| {
                let own = own.get(who).copied().unwrap_or(0.0);
                3.0 * own + part + 2.4 * ((1.0 + all).ln() - (1.0 + all - part).ln())
            };
            let most = commits.iter().map(knowledge).fold(f64::MIN, f64::max);
            let holders = commits
                .iter()
                .filter(|entry| knowledge(*entry) / most > 0.75);
            let holders: BTreeSet<String> = holders.map(|(who, _)| (*who).to_owned()).collect();
            (!commits.is_empty()).then(|| Held {
                holders,
                changes: self.changes(works),
            })
        });
        greedy(&holders.collect::<Vec<_>>())
    }
}

/// A file's holders, and how often everybody changed it.
struct Held {
    holders: BTreeSet<String>,
    changes: BTreeMap<String, u32>,
}

/// Removes who holds most files, as counted at the beginning, while half of
/// the files have a holder. Of two with equally many the one with more changes
/// goes first, then the first by address.
fn greedy(files: &[Held]) -> Option<u32> {
    let sum = |of: &dyn Fn(&Held) -> u32| files.iter().map(of).sum::<u32>();
    let mut people: Vec<(u32, u32, &str)> = PEOPLE
        .iter()
        .map(|who| {
            let held = sum(&|file| u32::from(file.holders.contains(*who)));
            let changes = sum(&|file| file.changes.get(*who).copied().unwrap_or(0));
            (held, changes, *who)
        })
        .filter(|(held, _, _)| *held > 0)
        .collect();
    people.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then(a.2.cmp(b.2)));
    let mut gone: BTreeSet<&str> = BTreeSet::new();
    for (_, _, who) in people {
        let is_orphan = |file: &&Held| file.holders.iter().all(|who| gone.contains(who.as_str()));
        if files.len() < 2 * files.iter().filter(is_orphan).count() {
            break;
        }
        gone.insert(who);
    }
    (!files.is_empty()).then_some(gone.len() as u32)
}
