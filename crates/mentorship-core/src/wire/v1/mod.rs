//! Version 1 of the wire: camelCase JSON, string unions, no 64-bit integers,
//! dates as ISO 8601 strings.

mod assessment;
mod catalogue;
mod engine;
mod evidence;
mod judgement;
mod knowledge;
mod names;
mod program;
mod pushed;
mod reminder;
pub mod render;
mod row;
mod what_if;
mod words;

pub use assessment::*;
pub use catalogue::*;
pub use engine::*;
pub use evidence::*;
pub use judgement::*;
pub use knowledge::*;
pub use program::*;
pub use pushed::*;
pub use reminder::*;
pub use row::*;
pub use what_if::*;
pub use words::*;
