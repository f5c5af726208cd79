//! Bus factor readings: who holds how much of what was counted.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use clap::ValueEnum;
use mentorship_core::civil_date::CivilDate;
use mentorship_core::knowledge::{MergeReason, Person, Reading, Readings};
use serde::Serialize;

use super::layout::{self, markdown_table};
use super::text;

/// Holders beyond these are summed up in tables; JSON has them all.
const MOST_PEOPLE: usize = 10;

/// Which readings are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Model {
    /// Degree of authorship
    Authorship,
    /// Recent knowledge
    Recent,
    /// Contributor absence factor
    Absence,
    /// All three
    #[default]
    All,
}

impl Model {
    /// Whether this model is asked for.
    pub fn asks_for(self, model: Self) -> bool {
        self == Self::All || self == model
    }
}

/// The answer for scripts. Fields are only ever added.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    readings: BTreeMap<&'static str, ReadingAnswer>,
    bots: Vec<Bot>,
    merges: Vec<MergeAnswer>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ReadingAnswer {
    /// Leavers struck; `null` where there is nothing to count.
    bus_factor: Option<u32>,
    /// As its authors define it, leavers counted.
    as_published: Option<u32>,
    /// Share still held once these people are gone, 0 to 1.
    coverage: f64,
    people: Vec<HolderAnswer>,
    files: FilesAnswer,
    rename_mode: &'static str,
    filter_version: &'static str,
    /// The day of the last commit that counts, which the reading is as of.
    last_commit: String,
}

#[derive(Debug, Serialize)]
struct HolderAnswer {
    name: String,
    files: u32,
    share: f64,
    left: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct FilesAnswer {
    counted: u32,
    excluded: u32,
    excluded_by: Vec<ExclusionAnswer>,
    orphaned: u32,
}

#[derive(Debug, Serialize)]
struct ExclusionAnswer {
    reason: &'static str,
    files: u32,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Bot {
    name: String,
    /// What else it is called in commits.
    other_names: Vec<String>,
    reason: String,
}

/// An identity that was united with a person's main one.
#[derive(Debug, Serialize)]
struct MergeAnswer {
    name: String,
    into: String,
    reason: &'static str,
}

impl Answer {
    /// The readings that a model asks for.
    pub fn new(readings: &Readings, people: &[Person], model: Model) -> Self {
        let all = [
            ("authorship", Model::Authorship, &readings.authorship),
            ("recent", Model::Recent, &readings.recent),
            ("absence", Model::Absence, &readings.absence),
        ];
        let asked = all
            .into_iter()
            .filter(|(_, which, _)| model.asks_for(*which));
        let bot = |person: &Person| {
            let merged = person.merged_from.iter().map(|merge| &merge.name);
            let others: BTreeSet<&String> = merged.filter(|name| **name != person.name).collect();
            Some(Bot {
                name: person.name.clone(),
                other_names: others.into_iter().cloned().collect(),
                reason: person.bot.clone()?,
            })
        };
        let human = people.iter().filter(|person| person.bot.is_none());
        let merges = human.flat_map(|person| {
            person.merged_from.iter().map(|merge| MergeAnswer {
                name: merge.name.clone(),
                into: person.name.clone(),
                reason: merge.reason.as_str(),
            })
        });
        Self {
            readings: asked
                .map(|(name, _, reading)| (name, ReadingAnswer::new(reading, people)))
                .collect(),
            bots: people.iter().filter_map(bot).collect(),
            merges: merges.collect(),
        }
    }
}

impl ReadingAnswer {
    fn new(reading: &Reading, people: &[Person]) -> Self {
        let name = |person: u32| {
            let person = usize::try_from(person)
                .ok()
                .and_then(|place| people.get(place));
            person.map(|person| person.name.clone()).unwrap_or_default()
        };
        let excluded = &reading.files.excluded;
        Self {
            bus_factor: reading.bus_factor,
            as_published: reading.as_published,
            coverage: reading.coverage,
            people: reading
                .people
                .iter()
                .map(|holder| HolderAnswer {
                    name: name(holder.person),
                    files: holder.files,
                    share: holder.share,
                    left: holder.left,
                })
                .collect(),
            files: FilesAnswer {
                counted: reading.files.counted,
                excluded: excluded.iter().map(|(_, files)| files).sum(),
                excluded_by: excluded
                    .iter()
                    .map(|(reason, files)| ExclusionAnswer {
                        reason: reason.as_str(),
                        files: *files,
                    })
                    .collect(),
                orphaned: reading.files.orphaned,
            },
            rename_mode: reading.rename_mode,
            filter_version: reading.filter_version,
            last_commit: CivilDate::from_unix_seconds(reading.last_commit).to_string(),
        }
    }

    fn number(&self) -> String {
        let number = |value: Option<u32>| value.map_or("–".to_owned(), |value| value.to_string());
        match self.as_published == self.bus_factor {
            true => number(self.bus_factor),
            false => format!(
                "{} ({} with those who left)",
                number(self.bus_factor),
                number(self.as_published)
            ),
        }
    }

    fn people(&self) -> Vec<Vec<String>> {
        let shown = self.people.iter().take(MOST_PEOPLE);
        let row = |holder: &HolderAnswer| {
            vec![
                match holder.left {
                    true => format!("{} (left)", holder.name),
                    false => holder.name.clone(),
                },
                holder.files.to_string(),
                format!("{:.1} %", holder.share * 100.0),
            ]
        };
        let mut rows: Vec<Vec<String>> = shown.map(row).collect();
        if let Some(more) = self
            .people
            .len()
            .checked_sub(MOST_PEOPLE)
            .filter(|more| *more > 0)
        {
            rows.push(vec![
                format!("and {more} more"),
                String::new(),
                String::new(),
            ]);
        }
        rows
    }

    fn basis(&self) -> String {
        format!(
            "{} counted, {:.1} % still held without them; {}; renames at {}; as of {}",
            self.files.counted,
            self.coverage * 100.0,
            self.filter_version,
            self.rename_mode,
            self.last_commit
        )
    }

    /// What was left out and why; `None` where nothing was.
    fn exclusions(&self) -> Option<String> {
        let reasons = self.files.excluded_by.iter();
        let reasons: Vec<String> = reasons
            .map(|excluded| format!("{} {}", excluded.files, excluded.reason))
            .collect();
        (!reasons.is_empty()).then(|| format!("left out: {}", reasons.join(", ")))
    }
}

impl Answer {
    /// Names that count as somebody of another name, each once, as far as a table takes
    /// them. One name with several addresses is told by a number: addresses are not shown.
    fn merges(&self) -> Vec<Vec<String>> {
        let renamed = self.merges.iter().filter(|merge| merge.name != merge.into);
        let mut rows: Vec<Vec<String>> = renamed
            .map(|merge| {
                vec![
                    match merge.name.as_str() {
                        "" => "(no name)".to_owned(),
                        name => name.to_owned(),
                    },
                    merge.into.clone(),
                    self.reason(merge),
                ]
            })
            .collect();
        rows.dedup_by(|row, before| row.get(..2) == before.get(..2));
        let addresses = self.merges.len() - rows.len();
        let names = rows.len().saturating_sub(MOST_PEOPLE);
        rows.truncate(MOST_PEOPLE);
        let addresses_are = match addresses {
            1 => "more address of the same name",
            _ => "more addresses of the same names",
        };
        let more = [(names, "more"), (addresses, addresses_are)];
        let more = more.into_iter().filter(|(count, _)| *count > 0);
        rows.extend(
            more.map(|(count, of)| vec![format!("and {count} {of}"), String::new(), String::new()]),
        );
        rows
    }

    /// Why a name counts as another. Where full names are the reason and these two are not
    /// alike, a third one ties them, which counts for the same person for a reason of its own.
    fn reason(&self, merge: &MergeAnswer) -> String {
        let like = |name: &str| name.to_lowercase() == merge.name.to_lowercase();
        let mut others = self.merges.iter().filter(|other| {
            other.into == merge.into && other.reason != merge.reason && like(&other.name)
        });
        match others.next() {
            Some(other) if merge.reason == MergeReason::SameName.as_str() => {
                match other.name == merge.name {
                    true => other.reason.to_owned(),
                    false => format!("{} as {}", merge.reason, other.name),
                }
            }
            _ => merge.reason.to_owned(),
        }
    }

    fn bots(&self) -> Vec<Vec<String>> {
        let name = |bot: &Bot| match bot.other_names.as_slice() {
            [] => bot.name.clone(),
            [other] => format!("{}, {other}", bot.name),
            others => format!("{} and {} other names", bot.name, others.len()),
        };
        let bots = self.bots.iter();
        bots.map(|bot| vec![name(bot), bot.reason.clone()])
            .collect()
    }
}

const MERGES: [&str; 3] = ["Commits of", "Count for", "Because"];
const BOTS: [&str; 2] = ["Commits of", "Count for nobody: it"];

/// What a holder's number counts differs: contributions in one reading.
fn header(name: &str) -> [&'static str; 3] {
    match name {
        "absence" => ["Person", "Contributions", "Share"],
        _ => ["Person", "Files", "Share"],
    }
}

/// Writes the readings for people at a terminal.
///
/// # Errors
/// Where standard output cannot be written.
pub fn table(answer: &Answer) -> io::Result<()> {
    let mut blocks: Vec<String> = Vec::new();
    for (name, reading) in &answer.readings {
        let mut block = format!("{name}: {}\n", reading.number());
        for line in [Some(reading.basis()), reading.exclusions()] {
            block.extend(line.map(|line| layout::paragraph(&line, "") + "\n"));
        }
        let people = layout::table(&header(name), reading.people());
        blocks.push(format!("{block}\n{people}\n"));
    }
    for (header, rows) in [(&MERGES[..], answer.merges()), (&BOTS[..], answer.bots())] {
        if !rows.is_empty() {
            blocks.push(format!("{}\n", layout::table(header, rows)));
        }
    }
    text(&blocks.join("\n"))
}

/// Writes the readings in Markdown.
///
/// # Errors
/// Where standard output cannot be written.
pub fn markdown(answer: &Answer) -> io::Result<()> {
    let mut blocks: Vec<String> = Vec::new();
    for (name, reading) in &answer.readings {
        let mut block = format!("## {name}: {}\n\n", reading.number());
        for line in [Some(reading.basis()), reading.exclusions()] {
            block.extend(line.map(|line| layout::in_markdown(&line) + "\n\n"));
        }
        block.push_str(&markdown_table(&header(name), reading.people()));
        blocks.push(block);
    }
    for (header, rows) in [(&MERGES[..], answer.merges()), (&BOTS[..], answer.bots())] {
        if !rows.is_empty() {
            blocks.push(markdown_table(header, rows));
        }
    }
    text(&blocks.join("\n"))
}
