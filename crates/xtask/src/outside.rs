//! The world outside the portal, as the example company has it: a server in place of
//! PagerDuty, and pipelines that push what they deployed.

use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::examples::Generated;
use crate::ports;
use crate::processes::Running;
use crate::toolchain::Toolchain;
use crate::workspace;

/// What `app-config.yaml` gives to the company's pipelines.
const PUSH_TOKEN: &str = "no-secret-of-the-example-company";
/// How long one document may take.
const PUSHED_WITHIN_SECONDS: u64 = 30;

/// A server on this machine that answers as PagerDuty would.
pub struct ExampleServer {
    running: Running,
    port: u16,
}

impl ExampleServer {
    /// Starts it on a free port, with what the stories tell of the company.
    pub fn start(toolchain: &Toolchain, company: &Generated) -> Result<Self> {
        let module = "plugin-ts/plugins/mentorship-backend-module-pagerduty";
        let port = ports::free_port()?;
        let running = toolchain
            .node("example-pagerduty")
            .arg("--disable-warning=MODULE_TYPELESS_PACKAGE_JSON")
            .arg(workspace::root().join(module).join("dev/exampleServer.ts"))
            .arg(&company.pagerduty)
            .arg(port.to_string())
            .start()?;
        Ok(Self { running, port })
    }

    /// Where it answers.
    pub fn address(&self) -> String {
        ports::address(self.port)
    }

    /// An error where it is no longer running.
    pub fn check(&mut self) -> Result<()> {
        self.running.check()
    }
}

/// Pushes what the company's pipelines would, to a portal that knows its services.
pub fn push(company: &Generated, portal: &str) -> Result<()> {
    for entry in fs::read_dir(&company.pushed).context("cannot list what is to be pushed")? {
        let path = entry.context("cannot list what is to be pushed")?.path();
        let document = fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", workspace::shown(&path)))?;
        let parsed: Value = serde_json::from_str(&document).context("no JSON is to be pushed")?;
        let entity_ref = parsed["services"][0]["entityRef"].as_str();
        let place = entity_ref.unwrap_or_default().replace(':', "/");
        let url = format!("{portal}/api/mentorship/evidence/by-entity/{place}");
        let answer = minreq::put(url)
            .with_header("Authorization", format!("Bearer {PUSH_TOKEN}"))
            .with_header("Content-Type", "application/json")
            .with_body(document)
            .with_timeout(PUSHED_WITHIN_SECONDS)
            .send()
            .context("cannot push to the portal")?;
        // 409: newer evidence is there, of a day after the one that is shown.
        if !matches!(answer.status_code, 200 | 204 | 409) {
            let said = answer.as_str().unwrap_or_default();
            bail!("the portal refused {place}: {} {said}", answer.status_code);
        }
    }
    Ok(())
}
