//! Hands what libFuzzer comes up with to the target that `MENTORSHIP_FUZZ_TARGET`
//! names: one program for all of them links once.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use mentorship_fuzz::{TARGETS, Target, named};

static TARGET: OnceLock<&'static Target> = OnceLock::new();

fuzz_target!(
    init: {
        let name = std::env::var("MENTORSHIP_FUZZ_TARGET").unwrap_or_default();
        let Some(target) = named(&name) else {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            panic!("MENTORSHIP_FUZZ_TARGET is `{name}`; name one of {}", names.join(", "));
        };
        TARGET.get_or_init(|| target);
    },
    |data: &[u8]| {
        if let Some(target) = TARGET.get() {
            (target.run)(data);
        }
    }
);
