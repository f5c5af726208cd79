//! Operation: what woke people up, told for the company as a whole.
//!
//! From `company/operations.yaml` come an account at PagerDuty, as its REST API would
//! send it ([`pagerduty`]), and the documents that pipelines push ([`pushed`]).

mod pagerduty;
mod pushed;

use std::collections::BTreeMap;
use std::path::Path;

use mentorship_core::civil_date::CivilDate;
use serde::Deserialize;

use super::company::Company;
use super::relative_day::RelativeDay;
use super::story::{OneOrMany, Pace};
use super::{Error, read, write};

/// The account at PagerDuty, below the folder of everything generated.
pub(crate) const ACCOUNT: &str = "operations/pagerduty.json";
/// The folder of the documents that pipelines push, one for each service.
pub(crate) const PUSHED: &str = "operations/pushed";

/// Days before the anchor that the story covers.
const COVERED_DAYS: i32 = 180;
/// Who resolves an incident that ends by itself.
const ITSELF: &str = "itself";

/// `company/operations.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Operations {
    /// By the id of the service at PagerDuty.
    pagerduty: BTreeMap<String, Watched>,
    /// By entity ref.
    pushed: BTreeMap<String, Reported>,
}

/// A service that PagerDuty watches.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Watched {
    title: String,
    /// Who takes turns week by week, for each level of the escalation policy.
    on_call: Vec<Vec<String>>,
    incidents: Vec<Trouble>,
}

/// A service that pushes what happened.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reported {
    incidents: Option<Vec<Trouble>>,
    deployments: Vec<Deploying>,
}

/// Incidents that return at a steady pace.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Trouble {
    from: RelativeDay,
    to: RelativeDay,
    every: Pace,
    /// Who is paged first; whoever resolves it where absent.
    paged: Option<String>,
    /// In turn; `itself` where it ends without anybody.
    resolved_by: OneOrMany,
    /// Who acknowledges and notes something before that, in turn.
    #[serde(default)]
    helped_by: OneOrMany,
    passed_on: Option<PassedOn>,
}

/// Pages that went to the second level.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PassedOn {
    to: String,
    because: Because,
    /// Every so many incidents; each where absent.
    #[serde(default = "one")]
    every: usize,
}

/// Why a page was passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Because {
    /// Nobody answered in time.
    Unanswered,
    /// Nobody wrote it down.
    Unsaid,
    /// Whoever was paged did not know what to do; PagerDuty has no word for it.
    Knowledge,
}

/// Deployments that return at a steady pace.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Deploying {
    from: RelativeDay,
    to: RelativeDay,
    every: Pace,
    /// Every so many fail.
    failed_every: usize,
}

/// One incident.
struct Happening<'a> {
    /// Counted over all incidents of the service, so that it stays itself from day to day.
    number: usize,
    began: CivilDate,
    paged: Option<&'a str>,
    /// `None` where it ends by itself.
    resolver: Option<&'a str>,
    helper: Option<&'a str>,
    passed_on: Option<&'a PassedOn>,
}

/// Writes what PagerDuty and the pipelines would send of the company on the day `anchor`.
pub(crate) fn write_operations(
    story: &Path,
    company: &Company,
    folder: &Path,
    anchor: CivilDate,
) -> Result<(), Error> {
    let fail = |problem: String| Error::Story {
        path: story.to_owned(),
        problem,
    };
    let told: Operations =
        serde_yaml_ng::from_str(&read(story)?).map_err(|error| fail(error.to_string()))?;
    let account = pagerduty::account(&told.pagerduty, company, anchor).map_err(fail)?;
    write(&folder.join(ACCOUNT), &pretty(&account))?;
    for (entity_ref, reported) in &told.pushed {
        let document = pushed::document(entity_ref, reported, company, anchor).map_err(fail)?;
        let name = entity_ref.replace([':', '/'], "_");
        write(
            &folder.join(PUSHED).join(format!("{name}.json")),
            &pretty(&document),
        )?;
    }
    Ok(())
}

/// The incidents of a service, each rhythm after the other.
fn happenings(troubles: &[Trouble], anchor: CivilDate) -> Vec<Happening<'_>> {
    let mut all = Vec::new();
    for trouble in troubles {
        for (turn, began) in days(&trouble.from, &trouble.to, trouble.every, anchor).enumerate() {
            let resolver = in_turn(&trouble.resolved_by.0, turn).filter(|name| *name != ITSELF);
            let passed_on = trouble.passed_on.as_ref();
            all.push(Happening {
                number: all.len() + 1,
                began,
                paged: trouble.paged.as_deref().or(resolver),
                resolver,
                helper: in_turn(&trouble.helped_by.0, turn).filter(|_| resolver.is_some()),
                passed_on: passed_on
                    .filter(|one| resolver.is_some() && turn % one.every.max(1) == 0),
            });
        }
    }
    all
}

/// Days at a steady pace: the first on `from`, none after `to`.
fn days(
    from: &RelativeDay,
    to: &RelativeDay,
    every: Pace,
    anchor: CivilDate,
) -> impl Iterator<Item = CivilDate> {
    let last = to.on(anchor);
    let pace = i32::try_from(every.days.get()).unwrap_or(i32::MAX);
    std::iter::successors(Some(from.on(anchor)), move |day| Some(day.plus_days(pace)))
        .take_while(move |day| *day <= last)
}

fn in_turn(names: &[String], turn: usize) -> Option<&str> {
    let names = names.iter().map(String::as_str);
    names.cycle().nth(turn)
}

/// A time on a day, RFC 3339; minutes past midnight go on to the next days.
fn time(day: CivilDate, minutes: i32) -> String {
    let day = day.plus_days(minutes.div_euclid(MINUTES_OF_A_DAY));
    let minutes = minutes.rem_euclid(MINUTES_OF_A_DAY);
    format!("{day}T{:02}:{:02}:00Z", minutes / 60, minutes % 60)
}

const MINUTES_OF_A_DAY: i32 = 24 * 60;

/// When an incident begins, in minutes of its day: at another hour each time.
fn first_minute(number: usize) -> i32 {
    i32::try_from(number * 317 % 1380).unwrap_or_default()
}

fn pretty(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

fn one() -> usize {
    1
}
