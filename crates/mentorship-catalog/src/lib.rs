//! The catalog: its pages read from their bytes, its services kept as numbers.
//!
//! ```text
//! bytes → scanner → drafts, in place → rows of numbers → an entity, when it is asked for
//! ```
//!
//! A crate of its own since every byte of a catalog goes through it: it is compiled
//! for speed, the judgement around it for size.

mod annotations;
mod entity;
mod location;
mod page;
mod scan;
mod services;
mod symbols;
mod text;

pub use annotations::{Annotation, Annotations};
pub use entity::{EntityRef, PersonOrGroup, Relation};
pub use location::SourceLocation;
pub use page::{Draft, Page, UnreadEntity, read_page};
pub use services::{Entity, EntityLink, Row, Services};
pub use symbols::{Caption, Keys, RefNumber, Symbol, Symbols};
