//! One service in full: the level first, then what is missing, what fails, what
//! nobody can tell.

use std::fmt::Write as _;
use std::io;

use anstyle::{AnsiColor, Style};
use mentorship_core::wire::v1::render::plain;
use mentorship_core::wire::v1::{
    Assessment, EvidenceLink, Finding, Level, NextLevel, Note, Outcome, RuleMention, Words,
};

use super::layout::{hanging, in_markdown, paragraph, printable, width};
use super::text;

const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const RED: Style = AnsiColor::Red.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const GREEN: Style = AnsiColor::Green.on_default();

/// Writes assessments for people at a terminal.
///
/// # Errors
/// Where standard output cannot be written.
pub fn report(assessments: &[Assessment]) -> io::Result<()> {
    let reports: Vec<String> = assessments.iter().map(terminal::assessment).collect();
    text(&reports.join("\n"))
}

/// Writes assessments for pull requests and job summaries.
///
/// # Errors
/// Where standard output cannot be written.
pub fn markdown(assessments: &[Assessment]) -> io::Result<()> {
    let reports: Vec<String> = assessments.iter().map(markdown::assessment).collect();
    text(&reports.join("\n"))
}

/// Score and coverage, never one without the other.
fn score(assessment: &Assessment) -> Option<String> {
    let (score, coverage) = (assessment.score?, assessment.coverage?);
    Some(format!("score {score} of 100, {coverage} % of it known"))
}

type Wanted = fn(&Outcome) -> bool;

const FAILS: &str = "Fails";
/// Failures that a comment shows before it is opened, the heaviest.
const SHOWN_OPEN: usize = 5;

/// The findings that are shown in full, in the order in which they are shown.
const SECTIONS: [(&str, Wanted); 3] = [
    (FAILS, |outcome| matches!(outcome, Outcome::Fail { .. })),
    ("To find out", |outcome| {
        matches!(outcome, Outcome::Unknown { .. })
    }),
    ("Exempt", |outcome| {
        matches!(outcome, Outcome::Exempt { .. })
    }),
];

fn of(assessment: &Assessment, wanted: Wanted) -> impl Iterator<Item = &Finding> {
    assessment
        .findings
        .iter()
        .filter(move |finding| wanted(&finding.outcome))
}

/// Findings that say the same, each with the rules that say it too: what one
/// missing steward breaks is told once.
fn grouped<'a>(
    findings: impl Iterator<Item = &'a Finding>,
) -> Vec<(&'a Finding, Vec<&'a Finding>)> {
    let mut groups: Vec<(&Finding, Vec<&Finding>)> = Vec::new();
    for finding in findings {
        match groups
            .iter_mut()
            .find(|(first, _)| first.outcome == finding.outcome)
        {
            Some((_, same)) => same.push(finding),
            None => groups.push((finding, Vec::new())),
        }
    }
    groups
}

/// "the same goes for `no-backup` (weight 4) and `no-program-owner` (weight 1)".
fn said_too(same: &[&Finding], quote: &str) -> Option<String> {
    let rules: Vec<String> = same
        .iter()
        .map(|finding| format!("{quote}{}{quote} (weight {})", finding.rule, finding.weight))
        .collect();
    let (last, others) = rules.split_last()?;
    Some(match others {
        [] => format!("the same goes for {last}"),
        others => format!("the same goes for {} and {last}", others.join(", ")),
    })
}

/// What stands between the service and the next level, with what to do about it.
fn asks(next: &NextLevel) -> impl Iterator<Item = (&'static str, &RuleMention)> {
    let labels = [
        ("missing", &next.missing),
        ("find out", &next.to_find_out),
        ("exempt", &next.exempt),
    ];
    labels
        .into_iter()
        .flat_map(|(label, rules)| rules.iter().map(move |rule| (label, rule)))
}

/// Places that are shown of one finding; JSON has them all.
const MOST_PLACES: usize = 3;

fn more_places(evidence: &[EvidenceLink]) -> Option<String> {
    let more = evidence.len().saturating_sub(MOST_PLACES);
    (more > 0).then(|| format!("and {more} more"))
}

/// "9 passed, 2 not applicable".
fn the_rest(assessment: &Assessment) -> Option<String> {
    let passed = of(assessment, |outcome| {
        matches!(outcome, Outcome::Pass { .. })
    })
    .count();
    let not_applicable = of(assessment, |outcome| {
        matches!(outcome, Outcome::NotApplicable { .. })
    })
    .count();
    let parts = [(passed, "passed"), (not_applicable, "not applicable")];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Of notes that differ only in what they quote, so many are shown in full.
const SHOWN_ALIKE: usize = 2;

/// Where a note belongs: a path, and a line of it where one is known.
pub fn place_of(note: &Note) -> String {
    match note.line {
        Some(line) => format!("{}:{line}", note.place),
        None => note.place.clone(),
    }
}

/// The notes, each one text. Of many that say the same of other places the first are
/// shown, and one more tells the places of the rest.
fn notes(assessment: &Assessment) -> Vec<String> {
    let mut alike: Vec<(String, Vec<&Note>)> = Vec::new();
    for one in &assessment.notes {
        let shape = without_quotes(&one.message);
        match alike.iter_mut().find(|(known, _)| *known == shape) {
            Some((_, notes)) => notes.push(one),
            None => alike.push((shape, vec![one])),
        }
    }
    let mut told = Vec::new();
    for (_, notes) in alike {
        let shown = match notes.len() {
            // One more line would not be shorter.
            few if few <= SHOWN_ALIKE + 1 => few,
            _ => SHOWN_ALIKE,
        };
        let (shown, rest) = notes.split_at(shown);
        for one in shown {
            told.push(format!("{}: {}", place_of(one), one.message));
        }
        if !rest.is_empty() {
            told.push(format!(
                "and the same of {} more: {}",
                rest.len(),
                places(rest)
            ));
        }
    }
    told
}

/// `a.md:4; b.md:7, 9–12`: each place with its lines.
fn places(notes: &[&Note]) -> String {
    let mut by_place: Vec<(&str, Vec<(u32, u32)>)> = Vec::new();
    for note in notes {
        if by_place
            .last()
            .is_none_or(|(place, _)| *place != note.place)
        {
            by_place.push((&note.place, Vec::new()));
        }
        let Some((line, (_, stretches))) = note.line.zip(by_place.last_mut()) else {
            continue;
        };
        match stretches.last_mut() {
            Some((_, last)) if line == *last + 1 => *last = line,
            _ => stretches.push((line, line)),
        }
    }
    let lines = |stretches: &[(u32, u32)]| {
        let stretch = |&(first, last): &(u32, u32)| match first == last {
            true => first.to_string(),
            false => format!("{first}–{last}"),
        };
        stretches.iter().map(stretch).collect::<Vec<_>>().join(", ")
    };
    let place = |(place, stretches): &(&str, Vec<(u32, u32)>)| match stretches.is_empty() {
        true => (*place).to_owned(),
        false => format!("{place}:{}", lines(stretches)),
    };
    by_place.iter().map(place).collect::<Vec<_>>().join("; ")
}

/// What is said, without the words of the evidence in backticks and without numbers.
fn without_quotes(message: &str) -> String {
    let said = message.split('`').step_by(2);
    let said = said.flat_map(str::chars);
    said.filter(|character| !character.is_ascii_digit())
        .collect()
}

pub(super) mod terminal {
    use super::*;

    pub(super) fn assessment(assessment: &Assessment) -> String {
        let mut out = String::new();
        let entity = &assessment.entity;
        let _ = writeln!(
            out,
            "{STRONG}{}{STRONG:#}  {FAINT}{}{FAINT:#}",
            printable(&entity.title),
            printable(&entity.entity_ref)
        );
        let style = level_style(assessment.level);
        let score = score(assessment)
            .map(|score| format!("  {score}"))
            .unwrap_or_default();
        let _ = writeln!(out, "{style}{}{style:#}{score}", assessment.level.as_str());
        let _ = writeln!(out, "{}", paragraph(&plain(&assessment.headline), ""));
        if let Some(next) = &assessment.next_level {
            heading(&mut out, &format!("For {}", next.level.as_str()));
            let longest = asks(next)
                .map(|(_, rule)| rule.ask.chars().count())
                .max()
                .unwrap_or_default();
            for (label, rule) in asks(next) {
                let ask = printable(&rule.ask);
                let _ = writeln!(
                    out,
                    "  {label:<8}  {ask:<longest$}  {FAINT}{}{FAINT:#}",
                    rule.rule
                );
            }
        }
        for (title, wanted) in SECTIONS {
            section(&mut out, title, of(assessment, wanted));
        }
        if !assessment.notes.is_empty() {
            heading(&mut out, "Notes");
            for one in notes(assessment) {
                let _ = writeln!(out, "{}", hanging(&one, "  ", "    "));
            }
        }
        if let Some(rest) = the_rest(assessment) {
            let _ = writeln!(out, "\n{GREEN}{rest}{GREEN:#}");
        }
        out
    }

    pub(in crate::show) fn level_style(level: Level) -> Style {
        let colour = match level {
            Level::Exposed => RED,
            Level::Developing | Level::Unknown => YELLOW,
            Level::Covered | Level::Resilient => GREEN,
            Level::NotEnrolled => FAINT,
        };
        colour.bold()
    }

    pub(in crate::show) fn heading(out: &mut String, title: &str) {
        let _ = writeln!(out, "\n{STRONG}{title}{STRONG:#}");
    }

    pub(in crate::show) fn section<'a>(
        out: &mut String,
        title: &str,
        findings: impl Iterator<Item = &'a Finding>,
    ) {
        for (index, (finding, same)) in grouped(findings).into_iter().enumerate() {
            if index == 0 {
                heading(out, title);
            }
            self::finding(out, finding);
            if let Some(same) = said_too(&same, "") {
                let _ = writeln!(out, "{FAINT}{}{FAINT:#}", paragraph(&same, "    "));
            }
        }
    }

    fn finding(out: &mut String, finding: &Finding) {
        let style = match finding.outcome {
            Outcome::Fail { .. } => RED,
            _ => YELLOW,
        };
        let about = format!("{}, weight {}", finding.rule, finding.weight);
        let taken = 2 + finding.title.chars().count() + 2 + about.chars().count();
        let between = if taken <= usize::from(width()) {
            "  "
        } else {
            "\n    "
        };
        let title = &finding.title;
        let _ = writeln!(
            out,
            "  {style}{title}{style:#}{between}{FAINT}{about}{FAINT:#}"
        );
        match &finding.outcome {
            Outcome::Fail {
                reasons,
                evidence,
                next_action,
            } => {
                reasons.iter().for_each(|reason| sentence(out, reason));
                for link in evidence.iter().take(MOST_PLACES) {
                    let _ = writeln!(out, "    {FAINT}{}{FAINT:#}", printable(&place(link)));
                }
                if let Some(more) = more_places(evidence) {
                    let _ = writeln!(out, "    {FAINT}{more}{FAINT:#}");
                }
                action(out, next_action);
            }
            Outcome::Unknown { missing, how } => {
                sentence(out, missing);
                action(out, how);
            }
            Outcome::Exempt { until, reason } => {
                let _ = writeln!(
                    out,
                    "{}",
                    paragraph(&format!("until {until}: {reason}"), "    ")
                );
            }
            Outcome::Pass { reason } | Outcome::NotApplicable { reason } => sentence(out, reason),
        }
    }

    fn sentence(out: &mut String, words: &Words) {
        let _ = writeln!(out, "{}", paragraph(&plain(words), "    "));
    }

    fn action(out: &mut String, words: &Words) {
        let _ = writeln!(out, "{}", hanging(&plain(words), "    → ", "      "));
    }

    fn place(link: &EvidenceLink) -> String {
        match &link.href {
            Some(href) => format!("{}  {href}", link.label),
            None => link.label.clone(),
        }
    }
}

pub(super) mod markdown {
    use super::*;

    pub(super) fn assessment(assessment: &Assessment) -> String {
        let mut out = String::new();
        let _ = writeln!(
            out,
            "## {}: {}\n",
            in_markdown(&assessment.entity.title),
            assessment.level.as_str()
        );
        let _ = writeln!(out, "{}", words(&assessment.headline));
        if let Some(score) = score(assessment) {
            let _ = writeln!(
                out,
                "\n{} · {score}",
                in_markdown(&assessment.entity.entity_ref)
            );
        }
        if let Some(next) = &assessment.next_level {
            let _ = writeln!(out, "\n### For {}\n", next.level.as_str());
            for (label, rule) in asks(next) {
                let _ = writeln!(
                    out,
                    "- {label}: {} (`{}`)",
                    in_markdown(&rule.ask),
                    rule.rule
                );
            }
        }
        for (title, wanted) in SECTIONS {
            let mut items: Vec<String> = items(of(assessment, wanted));
            if title == FAILS {
                let rest = items.split_off(items.len().min(SHOWN_OPEN));
                open(&mut out, title, &items);
                folded(&mut out, "More that fails", rest.into_iter());
            } else {
                folded(&mut out, title, items.into_iter());
            }
        }
        let notes = notes(assessment).into_iter();
        folded(&mut out, "Notes", notes.map(|one| in_markdown(&one)));
        if let Some(rest) = the_rest(assessment) {
            let _ = writeln!(out, "\n{rest}");
        }
        out
    }

    pub(in crate::show) fn section<'a>(
        out: &mut String,
        title: &str,
        findings: impl Iterator<Item = &'a Finding>,
    ) {
        open(out, title, &items(findings));
    }

    fn open(out: &mut String, title: &str, items: &[String]) {
        if !items.is_empty() {
            let _ = writeln!(out, "\n### {title}\n");
        }
        for item in items {
            let _ = writeln!(out, "- {item}");
        }
    }

    fn items<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<String> {
        let groups = grouped(findings).into_iter();
        groups
            .map(|(finding, same)| match said_too(&same, "`") {
                Some(same) => format!("{}; {same}", item(finding)),
                None => item(finding),
            })
            .collect()
    }

    fn item(finding: &Finding) -> String {
        format!(
            "**{}** (`{}`, weight {}): {}",
            finding.title,
            finding.rule,
            finding.weight,
            outcome(&finding.outcome)
        )
    }

    /// A list behind its heading: a comment is read by people who came for
    /// something else.
    fn folded(out: &mut String, title: &str, items: impl Iterator<Item = String>) {
        let items: Vec<String> = items.map(|item| format!("- {item}\n")).collect();
        if !items.is_empty() {
            let _ = writeln!(
                out,
                "\n<details><summary>{title}: {}</summary>\n\n{}\n</details>",
                items.len(),
                items.concat()
            );
        }
    }

    fn outcome(outcome: &Outcome) -> String {
        match outcome {
            Outcome::Fail {
                reasons,
                evidence,
                next_action,
            } => {
                let reasons: Vec<String> = reasons.iter().map(words).collect();
                let places = evidence.iter().take(MOST_PLACES).map(place);
                let places: Vec<String> = places.chain(more_places(evidence)).collect();
                let places = if places.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", places.join(", "))
                };
                format!("{}{places} *{}*", reasons.join(" "), words(next_action))
            }
            Outcome::Unknown { missing, how } => format!("{} *{}*", words(missing), words(how)),
            Outcome::Exempt { until, reason } => format!("until {until}: {}", in_markdown(reason)),
            Outcome::Pass { reason } | Outcome::NotApplicable { reason } => words(reason),
        }
    }

    fn words(words: &Words) -> String {
        in_markdown(&plain(words))
    }

    fn place(link: &EvidenceLink) -> String {
        match &link.href {
            Some(href) => format!(
                "[{}](<{}>)",
                in_markdown(&link.label),
                printable(href).replace(['<', '>'], "")
            ),
            None => in_markdown(&link.label),
        }
    }
}
