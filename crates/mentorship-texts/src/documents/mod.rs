//! Documents: Markdown that people wrote for people, read line by line.

pub mod front_matter;
pub mod inline;
pub mod loose_date;
pub mod outline;
pub mod text;
