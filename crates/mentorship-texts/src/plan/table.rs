//! Tables of a plan: roles, apprentices, milestones, assets, the log.

mod columns;

use super::entries::Row;
use super::front::{located, read_autonomy, read_date};
use super::milestone;
use super::pairing::{self, Details};
use super::person::{self, Identity, Names, PersonRef};
use super::phase;
use super::vocabulary::{self, Label, Role, Topic};
use super::walker::Walker;
use crate::Located;
use crate::documents::inline::Inline;
use crate::documents::loose_date;
use columns::{Column, columns, is_head, is_pair};

pub(super) fn read(walker: &mut Walker<'_>, rows: &[Row]) {
    // `| Name | Jordan |` beside `| Mentor | @alice |` says who is learning.
    let says = |wanted: Role| {
        rows.iter()
            .any(|row| told(row) == Some(Label::Role(wanted)))
    };
    let learner = says(Role::Mentor) && !says(Role::Apprentice);
    let (head, body) = match rows {
        [first, rest @ ..] if first.header || is_head(first) => (Some(first), rest),
        rest => (None, rest),
    };
    let columns: Vec<Column> = head.map(columns).unwrap_or_default();
    let roles = |column: &Column| matches!(column, Column::Label(Label::Role(_)));
    let names_nobody = columns.iter().skip(1).any(roles) && has_letters_alone(body);
    // A table must have a head in Markdown; people put its first row there.
    if let Some(first) = head.filter(|_| {
        columns.iter().all(|column| *column == Column::Other) || is_pair(&columns, head)
    }) {
        row(walker, &[], first, learner);
    }
    let columns = if is_pair(&columns, head) {
        Vec::new()
    } else {
        columns
    };
    for each in body {
        let cells = Cells {
            columns: &columns,
            row: each,
        };
        if !names_nobody || day(walker, &cells).is_some() {
            row(walker, &columns, each, learner);
        }
    }
}

/// Whether the cells beside what rows are about have a letter or a mark each: which role
/// is responsible, consulted or informed is told so, and nobody is named.
fn has_letters_alone(rows: &[Row]) -> bool {
    let mut cells = rows.iter().flat_map(|row| row.cells.iter().skip(1));
    let is_marked = |cell: &Inline| {
        let mut words = cell.text.split(|c: char| !c.is_alphanumeric());
        words.all(|word| word.chars().nth(1).is_none())
    };
    let is_filled = |cell: &Inline| cell.text.contains(char::is_alphanumeric);
    let any = rows
        .iter()
        .any(|row| row.cells.iter().skip(1).any(is_filled));
    any && cells.all(is_marked)
}

fn row(walker: &mut Walker<'_>, columns: &[Column], row: &Row, learner_is_named: bool) {
    let cells = Cells { columns, row };
    let label = |wanted: Label| cells.is_there(&Column::Label(wanted));
    let apprentice = label(Label::Role(Role::Apprentice));
    let mentor = label(Label::Role(Role::Mentor));
    match walker.section() {
        // A journal may list who learns from whom.
        Topic::Log if !(apprentice && mentor) => return log(walker, &cells),
        Topic::Escalation => return escalation(walker, &cells),
        _ => {}
    }
    if let Some(day) = day(walker, &cells) {
        milestones(walker, &cells, day);
    } else if apprentice || (cells.is_there(&Column::Person) && mentor) {
        learner(
            walker,
            &cells,
            if apprentice {
                Column::Label(Label::Role(Role::Apprentice))
            } else {
                Column::Person
            },
        );
    } else if let Some(role) = cells
        .first(&Column::Role)
        .and_then(|cell| vocabulary::label(&cell.text))
    {
        labelled(walker, role, &cells);
    } else if columns
        .iter()
        .any(|column| matches!(column, Column::Label(Label::Role(_))))
    {
        let roles = columns
            .iter()
            .filter(|column| matches!(column, Column::Label(Label::Role(_))));
        let alone = roles.count() == 1;
        for (column, cell) in cells.pairs() {
            match column {
                Column::Label(Label::Role(role)) if alone && cells.is_there(&Column::Handle) => {
                    let found = person::read(cell, Names::Taken);
                    walker.draft.placeholders += found.placeholders.len();
                    walker.give_role(*role, located(cells.with_handles(found.people), row.line));
                }
                Column::Label(label) => walker.apply(*label, cell, row.line),
                _ => {}
            }
        }
    } else if let Some(label) = told(row).or_else(|| {
        let name = row.cells.first()?.text.trim();
        let learner = learner_is_named && name.eq_ignore_ascii_case("name");
        learner.then_some(Label::Role(Role::Apprentice))
    }) {
        labelled(walker, label, &cells);
    } else {
        by_section(walker, &cells);
    }
}

/// The label that a row begins with.
fn told(row: &Row) -> Option<Label> {
    vocabulary::label(&row.cells.first()?.text)
}

/// `| Steward | @alice | 2025-11-01 |`.
fn labelled(walker: &mut Walker<'_>, label: Label, cells: &Cells<'_>) {
    let line = cells.row.line;
    let mut rest = cells.row.cells.iter().skip(1);
    let Some(value) = rest.next() else { return };
    match label {
        Label::Role(role) => {
            let people = cells.people();
            // What a role does is not who has it.
            let is_told = matches!(cells.columns.get(1), Some(Column::Role | Column::Text));
            if !people.is_empty() {
                walker.give_role(role, located(people, line));
            } else if !is_told {
                walker.role(role, value, line);
            }
            if role == Role::Steward {
                for (column, cell) in cells.pairs() {
                    if *column == Column::Date || *column == Column::Label(Label::StewardSince) {
                        walker.apply(Label::StewardSince, cell, line);
                    }
                }
            }
        }
        label => walker.apply(label, value, line),
    }
}

fn by_section(walker: &mut Walker<'_>, cells: &Cells<'_>) {
    let line = cells.row.line;
    match walker.section() {
        Topic::Assets(kind) => {
            let mut whole = Inline::default();
            let linked = cells.row.cells.iter().find(|cell| !cell.links.is_empty());
            match linked
                .or(cells.first(&Column::Link))
                .or(cells.row.cells.get(1))
            {
                Some(cell) => {
                    let about = cells
                        .row
                        .cells
                        .first()
                        .map(|cell| vocabulary::asset_in(&cell.text));
                    let kind = match about {
                        Some(about) if kind == super::AssetKind::Other => about,
                        _ => kind,
                    };
                    whole.extend(cell);
                    walker.asset(kind, None, &whole, line);
                }
                None => {
                    for cell in &cells.row.cells {
                        walker.asset(kind, None, cell, line);
                    }
                }
            }
        }
        Topic::Label(Label::Role(role)) => {
            let people = match cells.people() {
                people if people.is_empty() && cells.columns.is_empty() => {
                    let first = cells.row.cells.first();
                    first
                        .map(|cell| person::read(cell, Names::Taken).people)
                        .unwrap_or_default()
                }
                people => people,
            };
            walker.give_role(role, located(people, line));
        }
        _ => {}
    }
}

/// The day that a row is about.
fn day(walker: &Walker<'_>, cells: &Cells<'_>) -> Option<u16> {
    let milestones = walker.in_topic(|topic| topic == Topic::Milestones);
    let of = |cell: &Inline, column: bool| {
        let text = cell.text.trim();
        let found = phase::find(text)
            .filter(|phase| phase.leads || column)
            .map(|phase| phase.day);
        found.or_else(|| phase::bare(text).filter(|_| column || milestones))
    };
    if let Some(cell) = cells.first(&Column::Phase) {
        return of(cell, true);
    }
    cells.row.cells.first().and_then(|cell| of(cell, false))
}

fn milestones(walker: &mut Walker<'_>, cells: &Cells<'_>, day: u16) {
    let line = cells.row.line;
    let mut title = Inline::default();
    let mut whole = Inline::default();
    for (at, cell) in cells.row.cells.iter().enumerate() {
        let column = cells.columns.get(at).unwrap_or(&Column::Other);
        let said = matches!(
            column,
            Column::Text | Column::Other | Column::Label(Label::Goal)
        );
        // Without a head, the first cell is the day.
        let is_day =
            *column == Column::Phase || (at == 0 && !cells.columns.contains(&Column::Phase));
        if said && !is_day && title.text.is_empty() {
            title.extend(cell);
        }
        if *column != Column::Person && !is_day {
            whole.extend(cell);
        }
    }
    let mut tail = milestone::split(&title, line);
    if cells.is_there(&Column::Link) || !cells.columns.is_empty() {
        let all = 0..whole.text.len();
        for link in whole.links_in(&all) {
            if !tail.links.contains(&link) {
                tail.links.push(link);
            }
        }
    }
    if let Some(date) = cells
        .first(&Column::Date)
        .filter(|cell| !cell.text.trim().is_empty())
    {
        tail.on = read_date(&date.text, line, walker.draft).map(|date| date.value);
    }
    let apprentice = Column::Label(Label::Role(Role::Apprentice));
    for column in [Column::Person, apprentice] {
        if let Some(cell) = cells.first(&column) {
            tail.by.extend(person::read(cell, Names::Taken).people);
        }
    }
    let box_cell = cells
        .first(&Column::Status)
        .map(|cell| vocabulary::status(&cell.text));
    let progress: Vec<(&PersonRef, bool)> = cells
        .pairs()
        .filter_map(|(column, cell)| match column {
            Column::Progress(person) => {
                Some((person, vocabulary::status(&cell.text) || is_dated(cell)))
            }
            _ => None,
        })
        .collect();
    if progress.is_empty() {
        walker.add_milestone(day, tail, box_cell, line);
        return;
    }
    for (person, done) in progress {
        let mut own = tail.clone();
        own.by = vec![person.clone()];
        walker.add_milestone(day, own, Some(done), line);
    }
}

/// A date in a progress column is a tick.
fn is_dated(cell: &Inline) -> bool {
    crate::documents::loose_date::first(&cell.text)
        .is_some_and(|mention| mention.reading.day().is_some())
}

fn learner(walker: &mut Walker<'_>, cells: &Cells<'_>, column: Column) {
    let line = cells.row.line;
    let Some(cell) = cells.first(&column) else {
        return;
    };
    let found = person::read(cell, Names::Taken);
    walker.draft.placeholders += found.placeholders.len();
    let people = cells.with_handles(found.people);
    let mut details = Details::default();
    for (column, cell) in cells.pairs() {
        let text = cell.text.trim();
        if text.is_empty() || person::is_placeholder(text) || person::is_nobody(text) {
            continue;
        }
        match column {
            Column::Label(Label::Role(Role::Mentor)) => {
                let found = person::read(cell, Names::Taken);
                super::front::report(&found, line, walker.draft);
                details.mentors.extend(found.people);
            }
            Column::Label(Label::Started | Label::StewardSince) | Column::Date => {
                details.started = read_date(text, line, walker.draft);
            }
            // When it is: `May 17th – August 31st, 2021`.
            Column::Phase if loose_date::first(text).is_some() => {
                details.started = read_date(text, line, walker.draft);
            }
            Column::Label(Label::Autonomy) | Column::Role => {
                let known = vocabulary::autonomy(text).is_some() || *column != Column::Role;
                if known {
                    details.autonomy = read_autonomy(text, line, walker.draft);
                }
            }
            Column::Label(Label::Goal) => details.goal = Some(Located::at(line, text.to_owned())),
            Column::Label(Label::SuccessSignal) => {
                details.success_signal = Some(Located::at(line, text.to_owned()));
            }
            _ => {}
        }
    }
    if people.is_empty() {
        let mentors = std::mem::take(&mut details.mentors);
        walker.give_role(Role::Mentor, located(mentors, line));
    }
    for person in people {
        if walker.has_room(walker.draft.plan.apprentices.len()) {
            let index = pairing::apprentice(&mut walker.draft.plan, Located::at(line, person));
            pairing::detail(walker.draft, index, details.clone());
        }
    }
}

fn escalation(walker: &mut Walker<'_>, cells: &Cells<'_>) {
    let line = cells.row.line;
    let role = cells.first(&Column::Role).or(cells.row.cells.first());
    let role = role.map_or("", |cell| cell.text.trim());
    let mut value = Inline::default();
    for (at, cell) in cells.row.cells.iter().enumerate() {
        let column = cells.columns.get(at).unwrap_or(&Column::Other);
        let is_role =
            *column == Column::Role || (at == 0 && !cells.columns.contains(&Column::Role));
        if is_role || cell.text.is_empty() {
            continue;
        }
        if !value.text.is_empty() {
            value.text.push(',');
        }
        value.extend(cell);
    }
    walker.escalation_entry(role, &value, line);
}

fn log(walker: &mut Walker<'_>, cells: &Cells<'_>) {
    let mut whole = Inline::default();
    let mut kind = None;
    for (at, cell) in cells.row.cells.iter().enumerate() {
        if cells.columns.get(at) == Some(&Column::Kind) {
            kind = Some(cell.text.as_str());
        }
        if !whole.text.is_empty() && !cell.text.is_empty() {
            whole.text.push(',');
        }
        whole.extend(cell);
    }
    walker.log_entry(&whole, kind, cells.row.line);
}

struct Cells<'a> {
    columns: &'a [Column],
    row: &'a Row,
}

impl<'a> Cells<'a> {
    fn pairs(&self) -> impl Iterator<Item = (&'a Column, &'a Inline)> + use<'a> {
        self.columns.iter().zip(&self.row.cells)
    }

    fn first(&self, wanted: &Column) -> Option<&'a Inline> {
        self.pairs()
            .find(|(column, _)| *column == wanted)
            .map(|(_, cell)| cell)
    }

    fn is_there(&self, wanted: &Column) -> bool {
        self.columns.contains(wanted)
    }

    /// The people of the person and handle columns, as one where both name one.
    fn people(&self) -> Vec<PersonRef> {
        let named = self
            .first(&Column::Person)
            .map(|cell| person::read(cell, Names::Taken).people);
        self.with_handles(named.unwrap_or_default())
    }

    /// A name becomes the name of the row's handle.
    fn with_handles(&self, people: Vec<PersonRef>) -> Vec<PersonRef> {
        let handles = self
            .pairs()
            .filter(|(column, _)| **column == Column::Handle);
        let handles: Vec<PersonRef> = handles
            .flat_map(|(_, cell)| {
                let mut found = person::read(cell, Names::Taken).people;
                // A login with a digit reads as no name.
                if found.is_empty() && !cell.text.trim().contains(' ') {
                    found.extend(person::login(cell));
                }
                found
            })
            .collect();
        let sure = |person: &&PersonRef| !matches!(person.identity, Identity::Name(_));
        match (
            people.as_slice(),
            handles.iter().find(sure).or(handles.first()),
        ) {
            ([], Some(handle)) => vec![handle.clone()],
            ([named], Some(handle)) => match &named.identity {
                Identity::Name(name) => {
                    // A bare login in a column for logins is a handle.
                    let identity = match &handle.identity {
                        Identity::Name(login) if !login.contains(' ') => {
                            Identity::Handle(login.clone())
                        }
                        identity => identity.clone(),
                    };
                    vec![PersonRef {
                        written: named.written.clone(),
                        identity,
                        name: Some(name.clone()),
                        link: handle.link.clone().or(named.link.clone()),
                    }]
                }
                _ => people,
            },
            _ => people,
        }
    }
}
