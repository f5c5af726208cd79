//! Sentences rendered *named* or *counted*.

use crate::wire::v1::{Audience, Part, Words};
use crate::words::{self, PersonName, Visibility};

/// Renders a sentence. In the counted form guarded people become "1 person".
pub(super) fn render(words: &words::Words, audience: Audience) -> Words {
    let mut parts = Vec::with_capacity(words.parts().count());
    for part in words.parts() {
        match part {
            words::Part::Text(text) => push_text(&mut parts, text),
            words::Part::People { people, visibility } => match (visibility, audience) {
                (Visibility::Guarded, Audience::Counted) => parts.push(people_count(people.len())),
                (Visibility::Open, _) | (Visibility::Guarded, Audience::Named) => {
                    push_people(&mut parts, people)
                }
            },
            words::Part::Count { value, one, many } => parts.push(count(*value, one, many)),
            words::Part::Date(date) => parts.push(Part::Date {
                text: date.to_string(),
            }),
            words::Part::Link { label, target } => parts.push(Part::Link {
                text: label.clone(),
                href: target.clone(),
            }),
        }
    }
    parts
}

/// A rendered sentence in plain text.
pub fn plain(words: &[Part]) -> String {
    words.iter().map(Part::as_text).collect()
}

impl Part {
    fn as_text(&self) -> &str {
        match self {
            Self::Text { text }
            | Self::Person { text, .. }
            | Self::Count { text, .. }
            | Self::Date { text }
            | Self::Link { text, .. } => text,
        }
    }
}

/// Text behind text is one part.
fn push_text(parts: &mut Words, more: &str) {
    match parts.last_mut() {
        Some(Part::Text { text }) => text.push_str(more),
        _ => parts.push(Part::Text {
            text: more.to_owned(),
        }),
    }
}

/// "A", "A and B", "A, B and C".
fn push_people(parts: &mut Words, people: &[PersonName]) {
    for (index, person) in people.iter().enumerate() {
        let joint = match index {
            0 => "",
            _ if index + 1 == people.len() => " and ",
            _ => ", ",
        };
        if !joint.is_empty() {
            push_text(parts, joint);
        }
        parts.push(Part::Person {
            text: person.name.clone(),
            entity_ref: person.entity_ref.clone(),
        });
    }
}

fn people_count(people: usize) -> Part {
    count(
        i32::try_from(people).unwrap_or(i32::MAX),
        "person",
        "people",
    )
}

fn count(value: i32, one: &str, many: &str) -> Part {
    let noun = if value == 1 { one } else { many };
    Part::Count {
        text: format!("{value} {noun}"),
        value,
    }
}
