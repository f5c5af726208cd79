//! Records: JSON objects whose fields may hold anything.

use std::borrow::Cow;

use mentorship_texts::documents::text::is_one_of;
use serde_json::{Map, Value};

use super::Tally;
use super::moment::unix_seconds;
use crate::civil_date::CivilDate;

/// A JSON object and where it stands in its document.
#[derive(Debug, Clone)]
pub(crate) struct Record<'a> {
    fields: &'a Map<String, Value>,
    pub(crate) place: String,
}

/// A document of any JSON.
///
/// # Errors
/// One sentence where it is no JSON, one that was cut short included.
pub(crate) fn document(bytes: &[u8]) -> Result<Value, String> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}').trim();
    let read = serde_json::from_str(text).or_else(|first| {
        // A tool that cuts a title may cut a character in two.
        serde_json::from_str(&without_lone_surrogates(text)).map_err(|_| first)
    });
    read.map_err(|error| format!("the document is not readable: {error}"))
}

impl<'a> Record<'a> {
    /// A value as a record; `None` where it is no object.
    pub(crate) fn of(value: &'a Value, place: impl Into<String>) -> Option<Self> {
        let place = place.into();
        value.as_object().map(|fields| Self { fields, place })
    }

    /// A text that says something, trimmed.
    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        let text = self.fields.get(key)?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// An identifier, which some write as a number.
    pub(crate) fn id(&self, key: &str) -> Option<String> {
        match self.fields.get(key)? {
            Value::Number(number) => Some(number.to_string()),
            _ => self.text(key).map(str::to_owned),
        }
    }

    /// A level from 1 to 255; what lies outside is as good as absent.
    pub(crate) fn level(&self, key: &str) -> Option<u8> {
        let number = self.fields.get(key)?.as_u64()?;
        u8::try_from(number).ok().filter(|level| *level > 0)
    }

    /// A number from 0 up.
    pub(crate) fn number(&self, key: &str) -> Option<u32> {
        u32::try_from(self.fields.get(key)?.as_u64()?).ok()
    }

    /// A finite number.
    pub(crate) fn decimal(&self, key: &str) -> Option<f64> {
        self.fields.get(key)?.as_f64()
    }

    /// Whether there is such a field.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.fields.contains_key(key)
    }

    /// A flag.
    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        self.fields.get(key)?.as_bool()
    }

    /// Where a field stands.
    fn place_of(&self, key: &str) -> String {
        match self.place.as_str() {
            "" => key.to_owned(),
            place => format!("{place}.{key}"),
        }
    }

    /// A time in Unix seconds. What is written and no time is told.
    pub(crate) fn time(&self, key: &str, tally: &mut Tally) -> Option<i64> {
        let value = self.fields.get(key).filter(|value| !value.is_null())?;
        let time = value.as_str().and_then(unix_seconds);
        if time.is_none() {
            tally.note(
                self.place_of(key),
                "this is no time, RFC 3339 or `YYYY-MM-DD`",
            );
        }
        time
    }

    /// The UTC day of a time.
    pub(crate) fn day(&self, key: &str, tally: &mut Tally) -> Option<CivilDate> {
        self.time(key, tally).map(CivilDate::from_unix_seconds)
    }

    /// The record under a key.
    pub(crate) fn record(&self, key: &str) -> Option<Record<'a>> {
        Record::of(self.fields.get(key)?, self.place_of(key))
    }

    /// The records of a list; `None` where the key is absent or null. A list that
    /// is none, and items that are no objects, are told and refused.
    pub(crate) fn records(&self, key: &str, tally: &mut Tally) -> Option<Vec<Record<'a>>> {
        let value = self.fields.get(key).filter(|value| !value.is_null())?;
        let place = self.place_of(key);
        let Some(items) = value.as_array() else {
            tally.refuse(place, "this is no list");
            return None;
        };
        let mut records = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let place = format!("{place}[{index}]");
            match Record::of(item, place.clone()) {
                Some(record) => records.push(record),
                None => tally.refuse(place, "this is no object"),
            }
        }
        Some(records)
    }

    /// Texts of a list; what is none is left out.
    pub(crate) fn texts(&self, key: &str) -> Vec<String> {
        let items = self.fields.get(key).and_then(Value::as_array);
        let items = items.map(Vec::as_slice).unwrap_or_default();
        items
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    }

    /// Tells of fields that nothing reads, none of `id|createdAt`: most are misspelt.
    pub(crate) fn only(&self, known: &str, tally: &mut Tally) {
        for key in self.fields.keys() {
            if !is_one_of(key, known) {
                tally.note(
                    self.place_of(key),
                    format!(
                        "no such field, so it does not count; known are {}",
                        known.replace("|", ", ")
                    ),
                );
            }
        }
    }
}

/// Replaces escapes of half a surrogate pair by the replacement character.
fn without_lone_surrogates(json: &str) -> Cow<'_, str> {
    if !json.contains("\\u") {
        return Cow::Borrowed(json);
    }
    let mut mended = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        mended.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let taken = match code_unit(rest) {
            Some(0xD800..=0xDBFF)
                if matches!(rest.get(6..).and_then(code_unit), Some(0xDC00..=0xDFFF)) =>
            {
                rest.get(..12)
            }
            Some(0xD800..=0xDFFF) => {
                mended.push('\u{fffd}');
                rest = rest.get(6..).unwrap_or_default();
                continue;
            }
            _ => rest
                .char_indices()
                .nth(2)
                .map_or(Some(rest), |(end, _)| rest.get(..end)),
        };
        let taken = taken.unwrap_or(rest);
        mended.push_str(taken);
        rest = rest.get(taken.len()..).unwrap_or_default();
    }
    mended.push_str(rest);
    Cow::Owned(mended)
}

/// The code unit of a `\uXXXX` at the beginning of the text.
fn code_unit(text: &str) -> Option<u32> {
    u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}
