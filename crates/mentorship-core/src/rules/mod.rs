//! Rules: one small unit each, its page beside it.
//!
//! A rule names a problem. It reads a [`Case`] and answers with a [`Verdict`].
//! Its page is the help, the documentation and, with its cases, the test.

// An `Err` of these modules is the verdict itself, which is returned either way.
#![allow(clippy::result_large_err)]

mod critical_paths;
mod learning;
mod operations;
mod policy;
mod runbooks;
mod stewardship;
mod verdict;

pub use verdict::{Failure, Verdict};

use crate::civil_date::CivilDate;
use crate::facts::{Facts, Load};
use crate::policy::Policy;
use crate::readings::bus_factor::BusFactor;
use crate::readings::mentorship::Mentorship;
use crate::readings::rotation::Rotation;

/// What rules judge: the facts of one service and the readings as of a day, but for the
/// [`Stewardship`].
#[derive(Debug)]
pub struct Case<'a> {
    /// The facts.
    pub facts: &'a Facts,
    /// The policy.
    pub policy: &'a Policy,
    /// The day.
    pub as_of: CivilDate,
    /// The state of mentoring.
    pub mentorship: Mentorship<'a>,
    /// The bus factor.
    pub bus_factor: BusFactor<'a>,
}

/// What a handover alone makes different of a service. It is no part of the [`Case`], so
/// that services of one case are judged once but for the rules that ask for it.
#[derive(Debug)]
pub struct Stewardship<'a> {
    /// The steward's rotation.
    pub rotation: Rotation<'a>,
    /// What the steward looks after, over all services.
    pub load: Load,
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Who is accountable, and since when.
    Stewardship,
    /// Who is learning, and whether it moves.
    Mentorship,
    /// Who knows what.
    Knowledge,
    /// What is written down.
    Assets,
    /// What happens in operation.
    Operations,
    /// What a change makes better or worse.
    Changes,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// The public id, never reused.
    pub id: &'static str,
    /// The title, which names the problem.
    pub title: &'static str,
    /// What the rule asks for, in a few words: `name a backup`.
    pub ask: &'static str,
    /// What it is about.
    pub category: Category,
    /// The weight in the score unless the policy says otherwise.
    pub weight: u32,
    /// The page, Markdown: title, what it checks, why it matters, evidence read, how to
    /// fix. Its cases are for tests.
    pub page: &'static str,
    /// The judgement.
    pub judge: Judge,
}

/// The judgement of a rule, by what it rests on.
#[derive(Debug, Clone, Copy)]
pub enum Judge {
    /// On the case alone.
    ByCase(fn(&Case<'_>) -> Verdict),
    /// On the stewardship too.
    ByStewardship(fn(&Case<'_>, &Stewardship<'_>) -> Verdict),
}

impl Judge {
    /// The verdict on a service.
    pub fn verdict(self, case: &Case<'_>, stewardship: &Stewardship<'_>) -> Verdict {
        match self {
            Self::ByCase(judge) => judge(case),
            Self::ByStewardship(judge) => judge(case, stewardship),
        }
    }
}

/// A page up to its cases, which so are in no program.
macro_rules! page {
    ($file:literal) => {{
        const WHOLE: &[u8] = include_str!($file).as_bytes();
        const SHOWN: [u8; $crate::rules::cases_begin(WHOLE)] = $crate::rules::beginning(WHOLE);
        match std::str::from_utf8(&SHOWN) {
            Ok(page) => page,
            // Cut before an ASCII character.
            Err(_) => "",
        }
    }};
}

const fn cases_begin(page: &[u8]) -> usize {
    let heading = b"\n## Cases";
    let mut at = 0;
    while at + heading.len() <= page.len() {
        let mut alike = 0;
        while alike < heading.len() && page[at + alike] == heading[alike] {
            alike += 1;
        }
        if alike == heading.len() {
            return at;
        }
        at += 1;
    }
    page.len()
}

const fn beginning<const LENGTH: usize>(page: &[u8]) -> [u8; LENGTH] {
    let mut beginning = [0; LENGTH];
    let mut at = 0;
    while at < LENGTH {
        beginning[at] = page[at];
        at += 1;
    }
    beginning
}

/// Declares the modules of the rules and the catalogue in one list.
macro_rules! catalogue {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*

        static ALL: &[Rule] = &[$($module::RULE),*];

        /// How many rules there are.
        pub const COUNT: usize = [$(stringify!($module)),*].len();

        /// All rules in the order in which they are shown.
        pub fn all() -> &'static [Rule] {
            ALL
        }
    };
}

catalogue![
    no_steward,
    steward_rotation_overdue,
    steward_rotation_unplanned,
    steward_since_unknown,
    steward_inactive,
    steward_overloaded,
    no_backup,
    no_program_owner,
    no_mentorship_plan,
    plan_unfilled,
    too_few_apprentices,
    apprentice_without_mentor,
    apprentice_without_goal,
    milestone_overdue,
    milestone_without_deliverable,
    mentorship_stalled,
    autonomy_stuck,
    bus_factor_low,
    single_knowledge_holder,
    knowledge_departed,
    declared_but_not_observed,
    reviewer_coverage_low,
    codeowners_missing,
    codeowners_broken,
    critical_path_unpaired,
    no_runbook,
    runbook_incomplete,
    runbook_stale,
    no_decision_record,
    no_recorded_walkthrough,
    catalog_entry_incomplete,
    hero_responder,
    no_apprentice_on_call,
    escalations_high,
    toggle_removed_undocumented,
];

/// The rule with an id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().iter().find(|rule| rule.id == id)
}
