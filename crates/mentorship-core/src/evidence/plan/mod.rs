//! The plan: `MENTORSHIP.md` and its variants.
