//! Catalog pages: the raw bytes of `entities/by-query`, entity by entity.
//!
//! Any document with a kind and a string name is accepted. A field of an
//! unexpected type is as good as absent; an entity that cannot be read is told
//! by itself and never stops its page.

mod annotations;
mod entity;
mod lenient;
mod location;

pub use annotations::Annotations;
pub(crate) use entity::without_lone_surrogates;
pub use entity::{Entity, EntityLink, EntityRef, Relation};
pub use location::SourceLocation;

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

/// One page as it was understood.
#[derive(Debug)]
pub struct Page {
    /// The entities in the page's order.
    pub entities: Vec<Entity>,
    /// How many entities the catalog says there are in all.
    pub total_items: Option<u32>,
    /// The next page's cursor.
    pub next_cursor: Option<String>,
    /// Entities that could not be read.
    pub errors: Vec<UnreadEntity>,
}

/// An entity that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadEntity {
    /// Position on the page, from 0.
    pub index: u32,
    /// Its ref where one could be made out.
    pub entity_ref: Option<EntityRef>,
    /// What is wrong.
    pub message: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawPage<'a> {
    #[serde(borrow)]
    items: Vec<&'a RawValue>,
    #[serde(default)]
    total_items: Option<u32>,
    #[serde(default)]
    page_info: PageInfo,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    #[serde(default)]
    next_cursor: Option<String>,
}

/// Reads a page: `{"items": […], "totalItems", "pageInfo": {"nextCursor"}}`, or
/// a bare JSON array of entities.
///
/// # Errors
/// One sentence where the bytes are no such page, a page that was cut short
/// included; then nothing of it counts.
pub fn read_page(bytes: &[u8]) -> Result<Page, String> {
    // Bytes that are no UTF-8 spoil one text, not the page.
    // Told first whether there are any: to look for them is slower.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    };
    let text = text.trim_start_matches('\u{feff}').trim();
    let raw = if text.starts_with('[') {
        serde_json::from_str(text).map(|items| RawPage {
            items,
            total_items: None,
            page_info: PageInfo::default(),
        })
    } else {
        serde_json::from_str(text)
    };
    let raw: RawPage<'_> =
        raw.map_err(|error| format!("the catalog page is not readable: {error}"))?;
    let mut page = Page {
        entities: Vec::with_capacity(raw.items.len()),
        total_items: raw.total_items,
        next_cursor: raw
            .page_info
            .next_cursor
            .filter(|cursor| !cursor.is_empty()),
        errors: Vec::new(),
    };
    for (index, item) in (0..).zip(raw.items) {
        match entity::read(item.get()) {
            Ok(entity) => page.entities.push(entity),
            Err(unread) => page.errors.push(UnreadEntity {
                index,
                entity_ref: unread.entity_ref,
                message: unread.message,
            }),
        }
    }
    Ok(page)
}
