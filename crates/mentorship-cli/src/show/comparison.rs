//! What a change makes of services: levels and findings before and after.

use std::fmt::Write as _;
use std::io;

use anstyle::Style;
use mentorship_core::wire::v1::{Assessment, Finding, Level, Outcome};
use serde::Serialize;

use super::assessment::{markdown as in_markdown, terminal};
use super::layout::{in_markdown as escaped, printable};
use super::text;

const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// What a change makes of every service.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// The commit that is compared with, in full.
    pub base: String,
    /// The services after the change, by ref.
    pub services: Vec<ServiceChange>,
    /// Services that are there no more, by ref.
    pub gone: Vec<String>,
}

/// What a change makes of one service.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceChange {
    /// The service.
    pub entity_ref: String,
    /// Its title.
    pub title: String,
    /// The level before; absent for a new service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level_before: Option<Level>,
    /// The level after.
    pub level: Level,
    /// Percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score_before: Option<u8>,
    /// Percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<u8>,
    /// Rules that fail and did not before, heaviest first.
    pub worse: Vec<Finding>,
    /// Rules of which nobody can tell any more.
    pub lost_sight_of: Vec<Finding>,
    /// Rules that failed before and do not any more.
    pub better: Vec<Finding>,
}

impl Comparison {
    /// Compares services by ref and findings by rule.
    pub fn new(base: &str, before: &[Assessment], after: &[Assessment]) -> Self {
        let of = |all: &'_ [Assessment], wanted: &Assessment| -> Option<usize> {
            let entity_ref = &wanted.entity.entity_ref;
            all.iter()
                .position(|one| one.entity.entity_ref == *entity_ref)
        };
        let services = after.iter().map(|after| {
            let before = of(before, after).and_then(|place| before.get(place));
            ServiceChange::new(before, after)
        });
        let gone = before.iter().filter(|before| of(after, before).is_none());
        Self {
            base: base.to_owned(),
            services: services.collect(),
            gone: gone.map(|gone| gone.entity.entity_ref.clone()).collect(),
        }
    }
}

impl ServiceChange {
    fn new(before: Option<&Assessment>, after: &Assessment) -> Self {
        let earlier = |rule: &str| {
            let mut findings = before.into_iter().flat_map(|before| &before.findings);
            findings
                .find(|finding| finding.rule == rule)
                .map(|finding| &finding.outcome)
        };
        let mut change = Self {
            entity_ref: after.entity.entity_ref.clone(),
            title: after.entity.title.clone(),
            level_before: before.map(|before| before.level),
            level: after.level,
            score_before: before.and_then(|before| before.score),
            score: after.score,
            worse: Vec::new(),
            lost_sight_of: Vec::new(),
            better: Vec::new(),
        };
        for finding in &after.findings {
            let earlier = earlier(&finding.rule);
            let failed = matches!(earlier, Some(Outcome::Fail { .. }));
            match &finding.outcome {
                Outcome::Fail { .. } if !failed => change.worse.push(finding.clone()),
                Outcome::Pass { .. } | Outcome::NotApplicable { .. } if failed => {
                    change.better.push(finding.clone());
                }
                Outcome::Unknown { .. }
                    if failed || matches!(earlier, Some(Outcome::Pass { .. })) =>
                {
                    change.lost_sight_of.push(finding.clone());
                }
                _ => {}
            }
        }
        change
    }

    /// Whether the level is lower than before. Whoever was not judged before has
    /// not fallen.
    pub fn level_fell(&self) -> bool {
        let rank = |level| LEVELS.iter().position(|known| *known == level);
        match (self.level_before.and_then(rank), rank(self.level)) {
            (Some(before), Some(after)) => after < before,
            (Some(_), None) => self.level == Level::Unknown,
            (None, _) => false,
        }
    }

    fn sections(&self) -> [(&'static str, &[Finding]); 3] {
        [
            ("Worse", &self.worse),
            ("Nobody can tell any more", &self.lost_sight_of),
            ("Better", &self.better),
        ]
    }

    fn changes_nothing(&self) -> bool {
        self.level_before == Some(self.level)
            && self.score_before == self.score
            && self
                .sections()
                .iter()
                .all(|(_, findings)| findings.is_empty())
    }

    /// "developing → covered, score 62 → 71", or what stays.
    fn levels(&self) -> String {
        let after = self.level.as_str();
        let level = match self.level_before {
            None => format!("new, {after}"),
            Some(before) if before == self.level => after.to_owned(),
            Some(before) => format!("{} → {after}", before.as_str()),
        };
        match (self.score_before, self.score) {
            (Some(before), Some(after)) if before != after => {
                format!("{level}, score {before} → {after}")
            }
            (_, Some(score)) => format!("{level}, score {score}"),
            _ => level,
        }
    }
}

/// From the lowest.
const LEVELS: [Level; 4] = [
    Level::Exposed,
    Level::Developing,
    Level::Covered,
    Level::Resilient,
];

/// Writes a comparison for people at a terminal.
///
/// # Errors
/// Where standard output cannot be written.
pub fn report(comparison: &Comparison) -> io::Result<()> {
    let mut out = String::new();
    let (still, changed): (Vec<_>, Vec<_>) = comparison
        .services
        .iter()
        .partition(|change| change.changes_nothing());
    for change in changed {
        let style = terminal::level_style(change.level);
        let _ = writeln!(
            out,
            "{STRONG}{}{STRONG:#}  {FAINT}{}{FAINT:#}\n{style}{}{style:#}",
            printable(&change.title),
            printable(&change.entity_ref),
            change.levels()
        );
        for (title, findings) in change.sections() {
            terminal::section(&mut out, title, findings.iter());
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}", in_short(comparison, still.len()));
    text(&out)
}

/// Writes a comparison for a pull request.
///
/// # Errors
/// Where standard output cannot be written.
pub fn markdown(comparison: &Comparison) -> io::Result<()> {
    let mut out = String::from("## Mentorship: what this change does\n\n");
    let mut still = 0;
    for change in &comparison.services {
        if change.changes_nothing() {
            still += 1;
            continue;
        }
        let _ = writeln!(out, "**{}**: {}", escaped(&change.title), change.levels());
        for (title, findings) in change.sections() {
            in_markdown::section(&mut out, title, findings.iter());
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}", escaped(&in_short(comparison, still)));
    text(&out)
}

/// What is not shown in full, and what it is compared with.
fn in_short(comparison: &Comparison, still: usize) -> String {
    let mut parts: Vec<String> = comparison
        .gone
        .iter()
        .map(|gone| format!("{gone} is declared no more"))
        .collect();
    match still {
        0 => {}
        1 => parts.push("1 service as before".to_owned()),
        still => parts.push(format!("{still} services as before")),
    }
    let base = comparison.base.get(..12).unwrap_or(&comparison.base);
    parts.push(format!("compared with {base}"));
    printable(&parts.join("; "))
}
