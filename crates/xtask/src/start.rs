//! `cargo xtask start`: from a bare checkout to a portal that shows judged services.

use std::thread;
use std::time::Duration;

use anyhow::{Result, anyhow};
use mentorship_core::civil_date::CivilDate;

use crate::examples;
use crate::packages;
use crate::portal::{self, Portal};
use crate::prerequisites;
use crate::progress::Progress;
use crate::toolchain::Toolchain;
use crate::wasm;

/// How often a running portal is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// What `start` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The port of the page; 7007, or 3000 with --dev
    #[arg(long)]
    port: Option<u16>,
    /// Run development servers instead, which reload what is edited
    #[arg(long)]
    dev: bool,
    /// The port of the API with --dev
    #[arg(long, default_value_t = 7007, requires = "dev")]
    backend_port: u16,
    /// The day that counts as today in the examples, such as 2026-11-21; today where absent
    #[arg(long, value_name = "DATE", value_parser = examples::civil_date)]
    anchor: Option<CivilDate>,
}

/// Prepares what is missing, starts the portal and stays until it is stopped.
pub fn run(arguments: &Arguments) -> Result<()> {
    let progress = Progress::new();
    let portal = arguments.portal();
    progress.run("Prerequisites", || {
        portal::check_port(portal.page_port, "--port")?;
        if arguments.dev {
            portal::check_port(portal.api_port, "--backend-port")?;
        }
        prerequisites::check()?;
        Ok(None)
    })?;
    let toolchain = prepare(&progress)?;
    progress.run("Example company", || {
        let generated = examples::make(arguments.anchor)?;
        Ok(Some(format!("as of {}", generated.anchor)))
    })?;
    if !arguments.dev {
        progress.run("Portal", || Ok(unchanged(portal::build(&toolchain)?)))?;
    }
    let step = progress.step("Backstage");
    let mut running = if arguments.dev {
        portal.start_development(&toolchain)?
    } else {
        portal.start(&toolchain)?
    };
    if let Err(error) = portal.wait_until_ready(&mut running, &step) {
        step.failed();
        return Err(error);
    }
    step.done(None);
    println!(
        "The portal is ready: {}/mentorship (Ctrl-C stops it)",
        portal.url()
    );
    loop {
        running.check()?;
        thread::sleep(LOOK_EVERY);
    }
}

impl Arguments {
    fn portal(&self) -> Portal {
        let page_port = self.port.unwrap_or(if self.dev { 3000 } else { 7007 });
        Portal {
            page_port,
            api_port: if self.dev {
                self.backend_port
            } else {
                page_port
            },
            log: "portal",
            database: None,
        }
    }
}

/// Gets Node, Yarn, the packages and the module; what `start`, `test` and `e2e` begin with.
pub fn prepare(progress: &Progress) -> Result<Toolchain> {
    let step = progress.step("Node and Yarn");
    let toolchain = match Toolchain::prepare() {
        Ok(toolchain) => toolchain,
        Err(error) => {
            step.failed();
            return Err(error);
        }
    };
    let whose = if toolchain.is_machine_node() {
        "this machine's"
    } else {
        "fetched"
    };
    step.done(Some(&format!("Node {}, {whose}", toolchain.node_version)));

    // One waits for the network and the other for the processor.
    thread::scope(|scope| {
        let installing = scope
            .spawn(|| progress.run("Packages", || Ok(unchanged(packages::install(&toolchain)?))));
        let compiled = if wasm::is_current()? {
            Ok(())
        } else {
            progress.run("Rust core for WebAssembly", || {
                wasm::compile().map(|_| None)
            })
        };
        installing
            .join()
            .map_err(|_| anyhow!("installing packages broke off"))??;
        compiled
    })?;
    progress.run("WebAssembly module", || {
        Ok(Some(wasm::build(&toolchain)?.note()))
    })?;
    Ok(toolchain)
}

/// `cargo xtask wasm`: the module alone.
pub fn build_wasm() -> Result<()> {
    let progress = Progress::new();
    progress.run("Prerequisites", || prerequisites::check().map(|()| None))?;
    prepare(&progress).map(|_| ())
}

fn unchanged(changed: bool) -> Option<String> {
    (!changed).then(|| "unchanged".to_owned())
}
