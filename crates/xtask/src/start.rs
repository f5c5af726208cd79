//! `cargo xtask start`: from a bare checkout to a portal that shows judged services.

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use mentorship_core::civil_date::CivilDate;

use crate::examples;
use crate::outside::ExampleServer;
use crate::own_repositories;
use crate::packages;
use crate::portal::{self, Database, Portal};
use crate::ports;
use crate::postgres::{Durability, Server};
use crate::prerequisites;
use crate::processes::Running;
use crate::progress::Progress;
use crate::toolchain::Toolchain;
use crate::wasm;
use crate::workspace;

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
    /// Keep everything in a PostgreSQL server, which is started for it and ends with it
    #[arg(long)]
    postgres: bool,
    /// How many backends share the server, each on the next port
    #[arg(long, default_value_t = 1, value_name = "NUMBER", requires = "postgres",
          conflicts_with = "dev", value_parser = clap::value_parser!(u16).range(1..=9))]
    replicas: u16,
    /// A repository of yours to show beside the company's, as often as there are; its catalog
    /// files are registered where they lie, and nothing is written into it
    #[arg(long = "repository", value_name = "FOLDER", conflicts_with = "dev")]
    repositories: Vec<PathBuf>,
    /// The day that counts as today in the examples, such as 2026-11-21; today where absent
    #[arg(long, value_name = "DATE", value_parser = examples::civil_date)]
    anchor: Option<CivilDate>,
}

/// Prepares what is missing, starts the portal and stays until it is stopped.
pub fn run(arguments: &Arguments) -> Result<()> {
    let progress = Progress::new();
    let ports = arguments.ports()?;
    progress.run("Prerequisites", || {
        for port in &ports {
            ports::check_port(*port, "--port")?;
        }
        if arguments.dev {
            ports::check_port(arguments.backend_port, "--backend-port")?;
        }
        prerequisites::check()?;
        Ok(None)
    })?;
    // Before what takes minutes: a folder that is none is told at once.
    let mut own = None;
    if !arguments.repositories.is_empty() {
        progress.run("Your repositories", || {
            let overlay = own_repositories::overlay(
                &arguments.repositories,
                &[workspace::root().join("app-config.yaml")],
                &workspace::target().join("xtask/own-repositories"),
            )?;
            let note = match overlay.catalog_files.len() {
                1 => "1 catalog file".to_owned(),
                count => format!("{count} catalog files"),
            };
            own = Some(overlay);
            Ok(Some(note))
        })?;
    }
    let toolchain = prepare(&progress)?;
    let company = progress.make("Example company", || {
        let generated = examples::make(arguments.anchor)?;
        let note = format!("as of {}", generated.anchor);
        Ok((generated, Some(note)))
    })?;
    let mut pagerduty = progress.make("Example incidents", || {
        let note = "from a server on this machine in place of PagerDuty";
        let server = ExampleServer::start(&toolchain, &company)?;
        Ok((server, Some(note.to_owned())))
    })?;
    if !arguments.dev {
        progress.run("Portal", || Ok(unchanged(portal::build(&toolchain)?)))?;
    }
    // Before the backends, so that it ends after them.
    let mut server = None;
    if arguments.postgres {
        progress.run("PostgreSQL", || {
            let started = Server::start(Durability::Kept)?;
            let note = format!("on port {}", started.port());
            server = Some(started);
            Ok(Some(note))
        })?;
    }
    let mut portals = arguments.portals(&ports, server.as_ref());
    for portal in &mut portals {
        portal.pagerduty = pagerduty.address();
        portal.configuration = own.as_ref().map(|own| own.configuration.clone());
    }
    let mut running = Vec::new();
    // One after another: on a machine of few processors, all at once is no quicker.
    for portal in &portals {
        running.push(begin(&progress, portal, &toolchain, arguments.dev)?);
    }
    if let (Some(portal), Some(running)) = (portals.first(), running.first_mut()) {
        let step = progress.step("Example deployments");
        if let Err(error) = portal.push(&company, running, &step) {
            step.failed();
            return Err(error);
        }
        let note = "pushed as the company's pipelines would; the next run counts them";
        step.done(Some(note));
    }
    let mut refused = Vec::new();
    if let (Some(own), Some(portal), Some(running)) = (&own, portals.first(), running.first_mut()) {
        let step = progress.step("Your repositories in the portal");
        refused = portal.take(&own.catalog_files, running, &step)?;
        step.done(None);
    }
    tell(&portals);
    for reason in &refused {
        println!("Not in the catalog: {reason}");
    }
    if !refused.is_empty() {
        println!(
            "Mend what the reasons name; the catalog reads its files again every few minutes."
        );
    }
    loop {
        for running in &mut running {
            running.check()?;
        }
        if let Some(server) = &mut server {
            server.check()?;
        }
        pagerduty.check()?;
        thread::sleep(LOOK_EVERY);
    }
}

fn begin(
    progress: &Progress,
    portal: &Portal,
    toolchain: &Toolchain,
    in_development: bool,
) -> Result<Running> {
    let step = progress.step(format!("Backstage on port {}", portal.page_port));
    let mut running = if in_development {
        portal.start_development(toolchain)?
    } else {
        portal.start(toolchain)?
    };
    if let Err(error) = portal.wait_until_ready(&mut running, &step) {
        step.failed();
        return Err(error);
    }
    step.done(None);
    Ok(running)
}

fn tell(portals: &[Portal]) {
    let urls: Vec<_> = portals
        .iter()
        .map(|portal| format!("{}/mentorship", portal.url()))
        .collect();
    println!(
        "The portal is ready: {} (Ctrl-C stops it)",
        urls.join(", also at ")
    );
}

impl Arguments {
    /// The port of each replica's pages, the portal's own first.
    fn ports(&self) -> Result<Vec<u16>> {
        let first = self.port.unwrap_or(if self.dev { 3000 } else { 7007 });
        (0..self.replicas)
            .map(|replica| first.checked_add(replica).context("no port is that high"))
            .collect()
    }

    fn portals(&self, ports: &[u16], server: Option<&Server>) -> Vec<Portal> {
        let portal = |(replica, &page_port): (usize, &u16)| Portal {
            page_port,
            api_port: if self.dev {
                self.backend_port
            } else {
                page_port
            },
            log: match replica {
                0 => "portal".to_owned(),
                replica => format!("portal-{}", replica + 1),
            },
            database: server.map_or(Database::Configured, |server| {
                Database::Server(server.connection_string("postgres"))
            }),
            pagerduty: String::new(),
            configuration: None,
        };
        ports.iter().enumerate().map(portal).collect()
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
