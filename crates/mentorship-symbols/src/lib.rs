//! Numbers for short byte strings, and the strings looked at by words: what the
//! readers of many small texts have in common.

pub mod byte_words;
pub mod intern;
