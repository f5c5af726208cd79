//! Policies.

use mentorship_core::engine::Engine;
use mentorship_core::policy::Policy;
use mentorship_core::wire::v1::render;

use super::judgement;

/// A policy is taken, and everything can be done under it, or refused with words.
pub fn policy(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let policy = match Policy::from_json(&text) {
        Ok(policy) => policy,
        Err(error) => {
            assert!(
                !error.to_string().trim().is_empty(),
                "refused without a word"
            );
            assert_eq!(Some(error), Policy::from_json(&text).err());
            return;
        }
    };
    let catalogue = serde_json::to_string(&render::catalogue(&policy));
    assert!(catalogue.is_ok(), "the catalogue cannot be written");
    let mut engine = judgement::engine_under(&text);
    judgement::hold(&mut engine);
    let listing = b"MENTORSHIP.md\0docs/runbooks/a.md\0src/main.rs\0";
    for path in engine.wanted_paths(listing) {
        assert!(["MENTORSHIP.md", "docs/runbooks/a.md", "src/main.rs"].contains(&&*path));
    }
    assert!(Engine::new(&text).is_ok());
}
