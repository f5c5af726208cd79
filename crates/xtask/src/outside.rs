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

/// Pushes what the company's pipelines would; `false` as long as the portal's catalog
/// does not know every service.
pub fn push(company: &Generated, portal: &str) -> Result<bool> {
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
        match answer.status_code {
            // 409: newer evidence is there, of a day after the one that is shown.
            200 | 204 | 409 => {}
            404 => return Ok(false),
            refused => {
                let said = answer.as_str().unwrap_or_default();
                bail!("the portal refused {place}: {refused} {said}");
            }
        }
    }
    Ok(true)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use mentorship_core::civil_date::CivilDate;

    use super::*;

    /// Answers one request so, and with no body.
    fn answers(status: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut length = 0;
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                let line = line.trim_end().to_ascii_lowercase();
                if let Some(said) = line.strip_prefix("content-length: ") {
                    length = said.parse().unwrap();
                }
                if line.is_empty() {
                    break;
                }
            }
            reader.read_exact(&mut vec![0; length]).unwrap();
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
            stream.write_all(head.as_bytes()).unwrap();
        });
        address
    }

    #[test]
    fn what_the_catalog_does_not_know_yet_can_be_pushed_later() {
        let pushed = tempfile::tempdir().unwrap();
        let document = r#"{"services":[{"entityRef":"component:default/ledger"}]}"#;
        fs::write(pushed.path().join("ledger.json"), document).unwrap();
        let company = Generated {
            anchor: CivilDate::parse("2026-11-22").unwrap(),
            root: pushed.path().to_owned(),
            catalog: pushed.path().to_owned(),
            repositories: pushed.path().to_owned(),
            pagerduty: pushed.path().to_owned(),
            pushed: pushed.path().to_owned(),
            rebuilt: false,
        };
        assert!(push(&company, &answers("204 No Content")).unwrap());
        assert!(!push(&company, &answers("404 Not Found")).unwrap());
        let refused = push(&company, &answers("403 Forbidden")).unwrap_err();
        assert!(refused.to_string().contains("403"), "{refused}");
    }
}
