//! Who knows what: the history stream folded into readings.
