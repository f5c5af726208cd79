//! What must be on the machine before anything else: each missing one is one sentence that mends it.

use anyhow::{Result, bail};

use crate::processes::Program;

/// The target triple of WebAssembly without a system.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

struct Tool {
    program: &'static str,
    needed_for: &'static str,
    mended_by: &'static str,
}

const TOOLS: [Tool; 3] = [
    Tool {
        program: "git",
        needed_for: "the example repositories are made with it, and histories read",
        mended_by: "apt-get install git",
    },
    Tool {
        program: "npm",
        needed_for: "it fetches Yarn, and Node 24 where this machine's does not fit",
        mended_by: "apt-get install npm",
    },
    Tool {
        program: "tar",
        needed_for: "it unpacks the portal's bundle",
        mended_by: "apt-get install tar",
    },
];

/// Checks the tools, and adds Rust's WebAssembly target where it is missing.
pub fn check() -> Result<()> {
    let missing: Vec<_> = TOOLS
        .iter()
        .filter(|tool| version(tool.program).is_none())
        .map(|tool| {
            format!(
                "`{}` is missing ({}); install it: {}",
                tool.program, tool.needed_for, tool.mended_by
            )
        })
        .collect();
    if !missing.is_empty() {
        bail!("{}", missing.join("\n"));
    }
    add_wasm_target()
}

fn version(program: &str) -> Option<String> {
    Program::new(program, program).arg("--version").answer()
}

fn add_wasm_target() -> Result<()> {
    if has_wasm_target() {
        return Ok(());
    }
    if version("rustup").is_none() {
        bail!(
            "Rust's target {WASM_TARGET} is missing, and there is no `rustup` to add it; install \
             rustup: curl -sSf https://sh.rustup.rs | sh"
        );
    }
    Program::new("rustup-target", "rustup")
        .args(["target", "add", WASM_TARGET])
        .run()?;
    Ok(())
}

fn has_wasm_target() -> bool {
    Program::new("rustc", "rustc")
        .args(["--print", "target-libdir", "--target", WASM_TARGET])
        .answer()
        .is_some_and(|folder| std::path::Path::new(&folder).is_dir())
}
