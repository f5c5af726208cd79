//! The two formulas of who holds a file.

use super::log::EventKind;
use super::person::PersonId;
use std::sync::LazyLock;

/// The window of the reading `recent`, in days before the last commit.
pub const RECENT_WINDOW_DAYS: i64 = 547;
/// Days in which the weight of a change falls to 1/e; it halves every 62.
pub const RECENT_DECAY_DAYS: f64 = 90.0;
/// A person holds a file above this share of what its best holder has.
const HOLDER_SHARE: f64 = 0.75;
/// The least degree of authorship of somebody who did not add the file.
const LEAST_AUTHORSHIP: f64 = 3.293;
/// The least recent knowledge of a major contributor.
const LEAST_KNOWLEDGE: f64 = 0.001;

/// What one person did on one file. Weights are integers in units of
/// [`Weights::ONE`], so that their sums do not depend on the order of events.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Contribution {
    added: bool,
    deliveries: u32,
    changes: u32,
    /// Weight of the commits.
    commits: u64,
    /// Weight of the reviews.
    reviews: u64,
    /// Weight of the freshest event of the window that added the file.
    own: u64,
}

impl Contribution {
    /// A change authored; `weight` is 0 outside the window of `recent`.
    pub(crate) fn author(&mut self, kind: EventKind, weight: u64) {
        self.changes += 1;
        match kind {
            EventKind::Added => {
                self.added = true;
                self.own = self.own.max(weight);
            }
            _ => self.deliveries += 1,
        }
        self.commits += commit_weight(kind, weight);
    }

    /// A change of the window co-authored; the published authorship knows no
    /// co-authors.
    pub(crate) fn co_author(&mut self, kind: EventKind, weight: u64) {
        self.changes += 1;
        self.commits += commit_weight(kind, weight);
    }

    /// A change of the window reviewed.
    pub(crate) fn reviewer(&mut self, weight: u64) {
        self.reviews += weight;
    }
}

/// Moving a file shows no knowledge of it: the published tool carries the
/// knowledge along and adds none.
fn commit_weight(kind: EventKind, weight: u64) -> u64 {
    match kind {
        EventKind::RenamedHere => 0,
        _ => weight,
    }
}

/// The weight of an event by its age in days: exp(−days ÷ 90).
#[derive(Debug, Clone)]
pub(crate) struct Weights(Vec<u64>);

impl Weights {
    /// The weight of an event of the last commit's day.
    pub(crate) const ONE: f64 = (1_u64 << 32) as f64;

    pub(crate) fn new() -> Self {
        // Inside the window a weight is between 0.002 and 1, so that the
        // conversion neither truncates to 0 nor overflows.
        let weight = |days: i64| {
            libm::round(libm::exp(-(days as f64) / RECENT_DECAY_DAYS) * Self::ONE) as u64
        };
        Self((0..=RECENT_WINDOW_DAYS).map(weight).collect())
    }

    pub(crate) fn of_age(&self, days: u16) -> u64 {
        self.0.get(usize::from(days)).copied().unwrap_or(0)
    }
}

/// ln(1 + n), as `libm` gives it. Most files were changed a few times, so that the
/// logarithms of small numbers are kept: to work one out costs more than all else that
/// is done with it.
pub(crate) fn logarithm_after_one(number: u32) -> f64 {
    static KEPT: LazyLock<[f64; 256]> =
        LazyLock::new(|| std::array::from_fn(|number| libm::log(1.0 + number as f64)));
    match KEPT.get(number as usize) {
        Some(&logarithm) => logarithm,
        None => libm::log(1.0 + f64::from(number)),
    }
}

/// The degree of authorship of Fritz et al. as Avelino et al. (2016) use it.
fn degree_of_authorship(added: bool, deliveries: u32, deliveries_of_others: u32) -> f64 {
    3.293 + 1.098 * f64::from(u8::from(added)) + 0.164 * f64::from(deliveries)
        - 0.321 * logarithm_after_one(deliveries_of_others)
}

/// What a developer knows of a file by Jabrayilzade et al. (2022), without
/// meetings, which nobody records.
fn recent_knowledge(of: &Contribution, all_commits: u64, all_reviews: u64) -> f64 {
    let weight = |sum: u64| sum as f64 / Weights::ONE;
    let part_of_all = |part: u64, all: u64| match part {
        0 => 0.0,
        _ => libm::log(1.0 + weight(all)) - libm::log(1.0 + weight(all.saturating_sub(part))),
    };
    3.0 * weight(of.own)
        + weight(of.commits)
        + 0.5 * weight(of.reviews)
        + 2.4 * part_of_all(of.commits, all_commits)
        + 1.2 * part_of_all(of.reviews, all_reviews)
}

/// What one person did on one file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Touch {
    pub(crate) person: PersonId,
    /// Additions, modifications and renames.
    pub(crate) changes: u32,
    /// What the person knows of the file by [`recent_knowledge`].
    pub(crate) recent: f64,
    /// Whether the person is an author by [`degree_of_authorship`].
    pub(crate) is_author: bool,
    /// Whether the person is a major contributor of the window.
    pub(crate) is_major: bool,
}

/// Judges the contributions to one file and adds them to `touches`.
/// `degrees` is working memory.
pub(crate) fn hold(
    contributions: impl Iterator<Item = (PersonId, Contribution)> + Clone,
    touches: &mut Vec<Touch>,
    degrees: &mut Vec<f64>,
) {
    let (mut deliveries, mut commits, mut reviews) = (0, 0, 0);
    for (_, of) in contributions.clone() {
        deliveries += of.deliveries;
        commits += of.commits;
        reviews += of.reviews;
    }
    degrees.clear();
    let (mut most_authorship, mut most_knowledge) = (0.0_f64, 0.0_f64);
    let start = touches.len();
    for (person, of) in contributions {
        // A co-author of the window took part without being known to authorship.
        let degree = match of.added || of.deliveries > 0 {
            true => degree_of_authorship(of.added, of.deliveries, deliveries - of.deliveries),
            false => 0.0,
        };
        let recent = match of.commits > 0 || of.reviews > 0 {
            true => recent_knowledge(&of, commits, reviews),
            false => 0.0,
        };
        most_authorship = most_authorship.max(degree);
        most_knowledge = most_knowledge.max(recent);
        degrees.push(degree);
        touches.push(Touch {
            person,
            changes: of.changes,
            recent,
            is_author: of.added || degree >= LEAST_AUTHORSHIP,
            is_major: recent >= LEAST_KNOWLEDGE,
        });
    }
    for (touch, &degree) in touches.iter_mut().skip(start).zip(degrees.iter()) {
        touch.is_author &= degree / most_authorship > HOLDER_SHARE;
        touch.is_major &= touch.recent / most_knowledge > HOLDER_SHARE;
    }
}
