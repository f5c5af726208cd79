//! Decision records: what was decided, when, why, and does it still hold?

use super::inline::{Inline, Link};
use super::kind::name_of_document;
use super::outline::Block;
use super::prose::{self, Prose, ReadLine, phrase, words};
use super::text::is_one_of;
use crate::civil_date::CivilDate;
use crate::{Located, Parsed};

/// What a decision record has, in whichever of the usual forms: Nygard's (as
/// adr-tools writes it), MADR, labels, a table, or front matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecisionRecord {
    /// By the file's name, else by the title.
    pub number: Option<u32>,
    /// Without its number.
    pub title: Option<Located<String>>,
    /// `None` where none is given; half of all records give none.
    pub status: Option<Located<Status>>,
    /// Declared in the text, else in the file's name (then on line 1).
    pub date: Option<Located<CivilDate>>,
    /// There is a section on why the question came up.
    pub has_context: bool,
    /// There is a section on what was decided.
    pub has_decision: bool,
    /// There is a section on what follows.
    pub has_consequences: bool,
    /// All links, each target once.
    pub links: Vec<Located<Link>>,
}

/// Whether a decision holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Not yet.
    Proposed,
    /// Yes.
    Accepted,
    /// No longer, without a successor.
    Deprecated,
    /// No longer; another took its place.
    Superseded,
    /// It never did.
    Rejected,
    /// In words of its own.
    Other(String),
}

/// Reads a decision record; `path` gives its number and, failing all else, its
/// date.
pub fn decision_record(path: &str, bytes: &[u8]) -> Parsed<DecisionRecord> {
    let mut prose = prose::open(path, bytes);
    let name = name_of_document(path);
    let by_name = file_number(name);
    let title = prose
        .title()
        .filter(|title| !is_one_of(&phrase(&title.value), SECTIONS));
    let title_line = title.as_ref().map(|title| title.line);
    let titled = title.map(|title| {
        let (number, words) = numbered(without_kind(&title.value));
        // `34 Logging` in `034-logging.md`: the name tells that it is a number.
        let counted = words
            .split_once(' ')
            .filter(|(number, _)| by_name.is_some() && number.parse().ok() == by_name);
        let words = counted.map_or(words, |(_, words)| words);
        (number, Located::at(title.line, words.to_owned()))
    });
    let (title_number, title) = titled.unzip();
    let has = |wanted: &str, unspaced: &str, not: &str| {
        let about = |text: &str| {
            let words = words(text);
            let any = |of: &str| words.iter().any(|word| is_one_of(word, of));
            (any(wanted) && !any(not)) || has_one_of(text, unspaced)
        };
        headings(&prose, title_line).any(about)
    };
    let has_context = has(
        "context|background|problem|motivation|discussion|why|rationale|issue|\
        kontext|hintergrund|ausgangslage|problemstellung|contexte|problème|contexto|contesto|\
        problema|контекст",
        "背景|コンテキスト",
        "",
    );
    let has_decision = has(
        "decision|decisions|outcome|chosen|resolution|solution|proposal|design|recommendation|\
        entscheidung|décision|decisión|decisão|decisione|решение",
        "决策|决定|決定",
        "drivers|driver|facteurs|moteurs|critères|impulsores|factores|fatores|treiber",
    ) || headings(&prose, title_line).any(|heading| {
        // After `What` and `Why`.
        phrase(heading) == "how"
    });
    let has_consequences = has(
        "consequence|consequences|implications|implication|impact|impacts|tradeoffs|offs|risks|\
        drawbacks|downsides|konsequenzen|auswirkungen|folgen|conséquences|consecuencias|\
        consequências|conseguenze|последствия",
        "后果|影响|影響|风险|結果|トレードオフ",
        "",
    ) || headings(&prose, title_line).any(|heading| {
        // Below no heading of their own, in the words of the usual templates.
        is_one_of(&phrase(heading), "positive|negative")
    });
    // The whole record in one sentence.
    let says = |words: &str| {
        let mut lines = prose.lines.iter();
        lines.any(|line| line.text.text.to_lowercase().contains(words))
    };
    let in_short = says("in the context of ") && says(" decided ");
    let accepts = in_short && says("accepting ");
    let record = DecisionRecord {
        number: by_name.or(title_number.flatten()),
        title,
        status: status(&prose),
        date: date(&mut prose).or_else(|| {
            let day = CivilDate::parse(name.get(..10)?)?;
            Some(Located::at(1, day))
        }),
        has_context: has_context || in_short,
        has_decision: has_decision || in_short,
        has_consequences: has_consequences || accepts,
        links: prose.links(),
    };
    Parsed {
        value: record,
        notes: prose.notes,
    }
}

/// Whether a text that is written without blanks between words has one of `背景|决策`.
fn has_one_of(text: &str, parts: &str) -> bool {
    parts.split('|').any(|part| text.contains(part))
}

/// What the part on whether the decision holds is called.
const STATUS: &str = "status|statut|estado|stato|статус|状态|ステータス";

/// Headings that name a part of a record, and no record.
const SECTIONS: &str = "status|date|context|background|decision|consequences|decision outcome|\
        context and problem statement";

/// `Architecture Decision Record: Use X`.
fn without_kind(title: &str) -> &str {
    let kind = title.split_once(": ");
    let kind = kind.filter(|(kind, _)| phrase(kind).ends_with("decision record"));
    kind.map_or(title, |(_, words)| words.trim_start())
}

/// Headings below the title, and what stands for one: bold lines, and words with what
/// they are about behind them, `Context: we need transactions`.
fn headings(prose: &Prose, title: Option<u32>) -> impl Iterator<Item = &str> {
    prose.lines.iter().filter_map(move |line| {
        let text = line.text.text.as_str();
        let name = heading_name(text);
        let heads = level(line).is_some() && Some(line.number) != title;
        let said = text.get(name.len()..).unwrap_or_default();
        let label = !name.contains(' ') && said.split_whitespace().count() > 3;
        (heads || label && !line.is_code()).then_some(name)
    })
}

/// The level of a heading; a bold line that stands for one is below all others.
fn level(line: &ReadLine) -> Option<u8> {
    let is_bold = || {
        let end = line.text.bold_lead.unwrap_or_default();
        let plain = matches!(line.block, Block::Paragraph { .. } | Block::Item { .. });
        plain && end > 0 && end + 1 >= line.text.text.trim_end().len()
    };
    line.heading().or_else(|| is_bold().then_some(u8::MAX))
}

/// `Decision: we keep a log of …` is headed by its first word.
fn heading_name(text: &str) -> &str {
    text.split_once(": ").map_or(text, |(name, _)| name)
}

/// `12. Title`, `ADR 12: Title`, `ADR-0012 - Title`, `0012 - Title`, `[ADR-1] Title`.
fn numbered(title: &str) -> (Option<u32>, &str) {
    let bare = title.trim_start_matches(['[', '(']);
    let named = bare
        .get(..3)
        .is_some_and(|head| head.eq_ignore_ascii_case("adr"));
    let rest = if named {
        bare.get(3..).unwrap_or_default()
    } else {
        bare
    };
    let rest = rest.trim_start_matches(|c: char| named && matches!(c, ' ' | '-' | '_' | '#'));
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest.get(..digits).and_then(|digits| digits.parse().ok());
    let behind = rest.get(digits..).unwrap_or_default();
    let words = behind.trim_start_matches([':', '.', ' ', '-', '–', '—', ']', ')']);
    let separated = words.len() < behind.len() && !words.is_empty();
    match number {
        Some(number)
            if digits <= 5
                && separated
                && (named || !behind.starts_with(' ') || behind.starts_with(" -")) =>
        {
            (Some(number), words)
        }
        None if named && separated && digits == 0 => (None, words),
        _ => (None, title),
    }
}

/// `0012-title.md`, `adr-012-title.md`, `adr012-title.md`; a date is no number.
fn file_number(name: &str) -> Option<u32> {
    let lower = name.to_lowercase();
    let rest = lower.strip_prefix("adr").unwrap_or(&lower);
    let rest = rest.trim_start_matches(['-', '_', ' ']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if CivilDate::parse(rest.get(..10).unwrap_or_default()).is_some() || digits > 5 {
        return None;
    }
    rest.get(..digits)?.parse().ok()
}

/// What is said above the sections first, then a section's, then a label anywhere.
fn status(prose: &Prose) -> Option<Located<Status>> {
    if let Some(node) = prose.front.get(&["status"]) {
        let found = node.value.as_text().and_then(status_of);
        return found.map(|status| Located::at(node.line, status));
    }
    let (line, value) = said_status(prose)?;
    status_of(&value).map(|status| Located::at(line, status))
}

fn said_status(prose: &Prose) -> Option<(u32, String)> {
    let mut headings = prose.lines.iter().filter(|line| line.heading().is_some());
    let sections = headings.nth(1).map_or(u32::MAX, |line| line.number);
    let names: Vec<&str> = STATUS.split('|').collect();
    let mut said = labelled(prose, &names, usize::MAX);
    // What a status is, told in a sentence, is none; and a label alone is a heading.
    // Below the head of the record the word may be said of anything.
    said.retain(|(_, line, value)| {
        let mut words = value.split_whitespace();
        let known = words.next().map(|word| !statuses(word).is_empty());
        known.is_some_and(|known| known || *line < sections && words.count() < 12)
    });
    let in_section = || {
        // adr-tools appends: the last word counts, so all are read together.
        let mut body = section(prose, STATUS);
        body.truncate(8);
        let mut lines = body.into_iter();
        let (_, line, mut value) = lines.next()?;
        for (_, _, further) in lines {
            value.push('\n');
            value.push_str(&further);
        }
        Some((0, line, value))
    };
    let above = said.first().is_some_and(|(_, line, _)| *line < sections);
    let label = said.into_iter().next();
    let (_, line, value) = match above {
        true => label,
        false => in_section().or(label),
    }?;
    Some((line, value))
}

/// What is said somewhere: how much it counts (0 the most), its line, its words.
type Said = (usize, u32, String);

/// What labels and tables say by one of these names; the name's place is its rank.
fn labelled(prose: &Prose, names: &[&str], most_lines: usize) -> Vec<Said> {
    let mut said = Vec::new();
    for (at, line) in prose.lines.iter().take(most_lines).enumerate() {
        if line.is_code() {
            continue;
        }
        let label = line.labelled();
        for (rank, name) in names.iter().enumerate() {
            let value = match &label {
                Some((label, value)) if label == name => Some((line.number, *value)),
                _ => tabled(prose, at, name),
            };
            said.extend(value.map(|(line, value)| (rank, line, value.to_owned())));
        }
    }
    said
}

/// The lines below the first heading of one of these names, to the next of its level.
fn section(prose: &Prose, names: &str) -> Vec<Said> {
    let mut outer = None;
    let mut said = Vec::new();
    for line in &prose.lines {
        match (outer, level(line)) {
            (None, Some(here)) if is_one_of(&phrase(&line.text.text), names) => outer = Some(here),
            (None, _) => {}
            (Some(outer), Some(here)) if here <= outer => break,
            _ if line.is_code() => {}
            _ => {
                for text in line.texts() {
                    said.push((0, line.number, text.text.clone()));
                }
            }
        }
    }
    said
}

/// What a table says of a name: beside it where the names stand in a column, else
/// in the row below.
fn tabled<'a>(prose: &'a Prose, at: usize, name: &str) -> Option<(u32, &'a str)> {
    let row = prose.lines.get(at)?;
    let column = column(&row.cells, name)?;
    let header = matches!(row.block, Block::Row { header: true, .. });
    // A table must have a head in Markdown; people put its first row there.
    let is_value = |cell: &Inline| {
        let text = cell.text.as_str();
        text.contains(|c: char| c.is_ascii_digit()) || !statuses(text).is_empty()
    };
    let pair = !header || row.cells.get(1).is_some_and(is_value);
    let (row, column) = match (column, row.cells.len()) {
        (0, 2) if pair => (row, 1),
        _ => (prose.lines.get(at + 1)?, column),
    };
    Some((row.number, row.cells.get(column)?.text.as_str()))
}

fn column(cells: &[Inline], wanted: &str) -> Option<usize> {
    cells
        .iter()
        .position(|cell| cell.text.trim().eq_ignore_ascii_case(wanted))
}

/// What a status says: its first word that means one, unless a later line
/// begins by taking the decision back. A line that offers three or more to
/// choose from is a template's.
fn status_of(text: &str) -> Option<Status> {
    let lines: Vec<Vec<Status>> = text.lines().map(statuses).collect();
    let first = lines.first()?;
    // A handful, for which an ordered set is more code than it saves time.
    let mut kinds: Vec<&Status> = Vec::new();
    for status in first {
        if !kinds.contains(&status) {
            kinds.push(status);
        }
    }
    if kinds.len() >= 4 || (kinds.len() == 3 && text.contains(['|', '{'])) {
        return None;
    }
    let taken_back = |line: &&str| {
        let word = words(line).into_iter().next().unwrap_or_default();
        let known = statuses(&word).into_iter().next();
        matches!(known, Some(Status::Superseded | Status::Deprecated))
    };
    if let Some(line) = text.lines().skip(1).find(taken_back) {
        return statuses(line).into_iter().next();
    }
    let written = text.lines().next().unwrap_or_default().trim();
    match lines.iter().flatten().next() {
        Some(status) => Some(status.clone()),
        None if written.is_empty() => None,
        None => Some(Status::Other(written.chars().take(80).collect())),
    }
}

/// The statuses that a line names, in its order.
fn statuses(line: &str) -> Vec<Status> {
    const WORDS: [(Status, &str); 5] = [
        (
            Status::Superseded,
            "superseded|replaced|obsoleted|ersetzt|abgelöst|remplacé|remplacée|reemplazado|\
            reemplazada|sustituido|substituído|substituída|sostituito",
        ),
        (
            Status::Deprecated,
            "deprecated|obsolete|retired|invalidated|veraltet|überholt|obsolète|obsoleto|obsoleta|устарело",
        ),
        (
            Status::Rejected,
            "rejected|declined|abandoned|withdrawn|abgelehnt|verworfen|rejeté|rejetée|rechazado|\
            rechazada|rejeitado|rejeitada|rifiutato|отклонено",
        ),
        (
            Status::Accepted,
            "accepted|approved|adopted|active|implemented|implementable|decided|agreed|ratified|enacted|\
            akzeptiert|angenommen|beschlossen|accepté|acceptée|validé|validée|adopté|adoptée|\
            aceptado|aceptada|aprobado|aprobada|aceito|aceita|aprovado|aprovada|accettato|\
            accettata|принято",
        ),
        (
            Status::Proposed,
            "proposed|draft|proposal|pending|open|rfc|review|wip|discussing|discussion|\
            tentative|consideration|provisional|\
            vorgeschlagen|entwurf|proposé|proposée|brouillon|propuesto|propuesta|borrador|\
            proposto|proposta|rascunho|предложено",
        ),
    ];
    // Written without blanks between words. What is not taken says so with the same
    // characters as what is.
    const UNSPACED: [(Status, &str); 5] = [
        (Status::Superseded, "取代"),
        (Status::Deprecated, "废弃|弃用|廃止"),
        (
            Status::Rejected,
            "拒绝|不采纳|未采纳|不接受|未接受|不採用|未採用|却下",
        ),
        (Status::Accepted, "采纳|接受|承認|採用"),
        (Status::Proposed, "提议|草案|提案"),
    ];
    let of_word = |word: String| {
        let is_known = |(_, words): &&(Status, &str)| is_one_of(&word, words);
        let has_known = |(_, parts): &&(Status, &str)| has_one_of(&word, parts);
        let known = WORDS.iter().find(is_known);
        let known = known.or_else(|| UNSPACED.iter().find(has_known))?;
        Some(known.0.clone())
    };
    words(line).into_iter().filter_map(of_word).collect()
}

fn date(prose: &mut Prose) -> Option<Located<CivilDate>> {
    const LABELS: [&str; 20] = [
        "date",
        "date decided",
        "date accepted",
        "date approved",
        "datum",
        "fecha",
        "data",
        "дата",
        "日期",
        "decided",
        "decision date",
        "decided on",
        "revdate",
        "created",
        "date created",
        "created date",
        "date started",
        "last modified",
        "updated",
        "last updated",
    ];
    if let Some(date) = prose.front_date(&["date", "decided", "created", "last_updated", "updated"])
    {
        return Some(date);
    }
    let mut said = labelled(prose, &LABELS, 60);
    said.extend(
        section(prose, "date|datum|fecha|data|дата|日期")
            .into_iter()
            .next(),
    );
    // `Accepted (October 2021)` says when, too.
    said.extend(said_status(prose).map(|(line, value)| (LABELS.len(), line, value)));
    for wanted in 0..=LABELS.len() {
        for (rank, line, value) in &said {
            let date = (*rank == wanted).then(|| value.lines().next()).flatten();
            let date = date.and_then(|value| prose.date(value, *line));
            if date.is_some() {
                return date;
            }
        }
    }
    let mut newest: Option<Located<CivilDate>> = None;
    for (_, line, text) in section(prose, CHANGES) {
        let day = prose.date(&text, line);
        if day.as_ref().map(|day| day.value) > newest.as_ref().map(|day| day.value) {
            newest = day;
        }
    }
    newest
}

/// What the section that lists the changes of the record is called.
const CHANGES: &str = "changelog|change log|change history|revision history|document history|\
        revisions|changes";
