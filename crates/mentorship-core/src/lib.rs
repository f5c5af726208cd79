//! Judges each service of a software catalog for mentorship status, steward
//! rotation and bus factor.
//!
//! Evidence goes in as text, becomes facts, is judged by small rules, and
//! leaves as one report; nothing flows backwards:
//!
//! ```text
//! entity + evidence → parse → facts → readings → rules → report → wire v1
//! ```
//!
//! The crate has no clock, file, network or environment: today's date and all
//! evidence come in as arguments, so that the same input gives the same bytes.

pub mod engine;
pub mod evidence;
pub mod facts;
pub mod organisation;
pub mod policy;
pub mod program;
pub mod readings;
pub mod report;
pub mod rules;
pub mod wire;
pub mod words;

pub use mentorship_knowledge as knowledge;
pub use mentorship_texts::civil_date;
