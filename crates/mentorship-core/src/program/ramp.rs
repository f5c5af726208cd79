//! Ramp time: from the first day to the first page handled alone on a service of low
//! risk.

use std::collections::BTreeMap;

use super::survey::{Survey, Windows};
use super::tally::{Count, Tally, Unmeasured, not_measured, one_decimal};
use crate::civil_date::CivilDate;
use crate::facts::Window;
use crate::policy::{Policy, Source};
use crate::words::Words;
use mentorship_texts::by_name::ByName;
use mentorship_texts::ordering::sort_by;

/// Statistics about people are told of at least so many.
const FEWEST_PEOPLE: usize = 5;

pub(super) fn count(surveys: &ByName<Survey>, windows: &Windows, policy: &Policy) -> Count {
    let [known_since, _, _] = windows.known_since;
    let (ramps, on_the_way) = ramps(surveys, known_since);
    let now = median(&ramps, windows.now);
    let before = median(&ramps, windows.now.before());
    let is_known = known_since.is_some_and(|since| since <= windows.now.before().first());
    let baseline = windows.baseline(Source::Incidents);
    let reached = ramps
        .iter()
        .filter(|(day, _)| windows.now.holds(*day))
        .count();
    let enrolled = surveys.values().filter(|survey| survey.enrolled);
    let (measured, unmeasured) = not_measured(enrolled.map(|survey| match known_since {
        None if !policy.sources.contains(&Source::Incidents) => Some(Unmeasured::NotConfigured),
        None => Some(Unmeasured::NotDelivered),
        Some(_) if survey.starts.is_empty() => Some(Unmeasured::NobodyLearning),
        Some(_) => None,
    }));
    let days = windows.now.until.days_since(windows.now.after);
    let summary = match now {
        Some((_, people)) => Words::default()
            .count(people, "person", "people")
            .then(format!(
                " handled a first page alone in {days} days; the median is told."
            )),
        None => Words::text(format!(
            "Fewer than {FEWEST_PEOPLE} people handled a first page alone in {days} days, too few to tell of."
        )),
    };
    Count {
        value: now.map(|(value, _)| value),
        // Of fewer than five not even how many.
        tally: match now {
            Some((_, people)) => Tally {
                part: super::count(people),
                whole: super::count(reached) + on_the_way,
                apart: on_the_way,
            },
            None => Tally::default(),
        },
        moved: before
            .zip(now)
            .filter(|((_, before), (_, now))| {
                let least = usize::from(policy.thresholds.minimum_sample);
                is_known && *before >= least && *now >= least
            })
            .map(|((before, _), (now, _))| (before, now)),
        baseline: baseline
            .and_then(|window| median(&ramps, window).map(|(value, _)| (value, window))),
        measured,
        unmeasured,
        summary,
    }
}

/// The day of each first page handled alone with the days that it took, and how many
/// are still on the way. Who began before incidents are known is left out: the first
/// page may have been before, too.
fn ramps(surveys: &ByName<Survey>, known_since: Option<CivilDate>) -> (Vec<(CivilDate, i32)>, u32) {
    let Some(known_since) = known_since else {
        return (Vec::new(), 0);
    };
    let mut first_days: BTreeMap<String, CivilDate> = BTreeMap::new();
    for (person, started) in surveys.values().flat_map(|survey| &survey.starts) {
        let first = first_days.entry(person.clone()).or_insert(*started);
        *first = (*first).min(*started);
    }
    let mut alone: BTreeMap<String, CivilDate> = BTreeMap::new();
    for (person, day) in surveys.values().flat_map(|survey| &survey.solos) {
        let identity = person.identity();
        let is_since = first_days.get(identity).is_some_and(|first| first <= day);
        if is_since {
            let first = alone.entry(identity.to_owned()).or_insert(*day);
            *first = (*first).min(*day);
        }
    }
    let mut ramps = Vec::new();
    let mut on_the_way = 0;
    for (person, started) in first_days {
        match alone.get(&person) {
            _ if started < known_since => {}
            Some(day) => ramps.push((*day, day.days_since(started))),
            None => on_the_way += 1,
        }
    }
    (ramps, on_the_way)
}

/// The median of the ramps that ended in a window, and of how many people; of an
/// even number the mean of the middle two. `None` of fewer than five.
fn median(ramps: &[(CivilDate, i32)], window: Window) -> Option<(f64, usize)> {
    let ended = ramps.iter().filter(|(day, _)| window.holds(*day));
    let mut days: Vec<i32> = ended.map(|(_, days)| *days).collect();
    if days.len() < FEWEST_PEOPLE {
        return None;
    }
    sort_by(&mut days, Ord::cmp);
    let upper = days.get(days.len() / 2)?;
    let lower = days.get((days.len() - 1) / 2)?;
    Some((one_decimal(f64::from(lower + upper) / 2.0), days.len()))
}
