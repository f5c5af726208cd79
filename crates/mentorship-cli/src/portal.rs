//! The portal: where evidence is pushed to over HTTP.

use std::io;
use std::time::Duration;

use backon::{BlockingRetryable as _, ExponentialBuilder};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use thiserror::Error;
use ureq::Agent;
use ureq::http::{HeaderValue, StatusCode, Uri};

/// What a segment of a path may hold unencoded.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

const CONNECT: Duration = Duration::from_secs(10);
/// One attempt, evidence of a large repository on a slow line included.
const ATTEMPT: Duration = Duration::from_secs(120);
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(30);
const MOST_REPETITIONS: usize = 4;
/// Of an answer that explains a refusal.
const LONGEST_EXPLANATION: u64 = 64 * 1024;

/// A portal with the token that it is spoken to with.
pub struct Portal {
    agent: Agent,
    base: String,
    authorization: HeaderValue,
}

/// What is wrong with what was given.
#[derive(Debug)]
pub enum Misled {
    /// With the address.
    Address(String),
    /// With the token; the message does not hold it.
    Token(String),
}

/// Why a portal did not take evidence.
#[derive(Debug, Error)]
pub enum Refusal {
    /// 401.
    #[error("401, the portal does not know the token")]
    Unauthorised,
    /// 403.
    #[error("403, the token may not write this service")]
    Forbidden,
    /// 404.
    #[error("404, the portal knows no such service, or has no mentorship plugin at this address")]
    NotFound,
    /// 413.
    #[error("413, {0} bytes are more than the portal takes; raise its limit of pushed evidence")]
    TooLarge(usize),
    /// Elsewhere: the token is not sent after it.
    #[error("{0}, the portal is elsewhere ({1}); give that address with --to")]
    Moved(u16, String),
    /// Any other status, and what the portal says.
    #[error("{0}{1}")]
    Status(u16, String),
    /// No answer came.
    #[error("the portal cannot be reached: {0}")]
    Offline(String),
    /// The entity ref is none.
    #[error("no entity ref of the form kind:namespace/name")]
    NoRef,
}

impl Portal {
    /// A portal by its address, `https://backstage.example.org`.
    pub fn new(address: &str, token: &str) -> Result<Self, Misled> {
        let base = address.trim_end_matches('/');
        let wrong = |problem: &str| Misled::Address(problem.to_owned());
        let uri: Uri = base.parse().map_err(|_| wrong("not an address"))?;
        let (Some("http" | "https"), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(wrong("not an address that begins with https://"));
        };
        if authority.as_str().contains('@') {
            return Err(wrong(
                "an address with a password in it would be logged by others",
            ));
        }
        let mut authorization = HeaderValue::try_from(format!("Bearer {}", token.trim()))
            .ok()
            .filter(|_| !token.trim().is_empty())
            .ok_or_else(|| {
                Misled::Token("no token: it is empty or holds line breaks".to_owned())
            })?;
        authorization.set_sensitive(true);
        let agent = Agent::config_builder()
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(ATTEMPT))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("mentorship/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        Ok(Self {
            agent,
            base: base.to_owned(),
            authorization,
        })
    }

    /// Whether the token goes over a network in the clear.
    pub fn is_overheard(&self) -> bool {
        let host = self.base.strip_prefix("http://");
        host.is_some_and(|host| {
            let loopback = ["localhost", "127.", "[::1]"];
            !loopback.iter().any(|local| host.starts_with(local))
        })
    }

    /// Puts the evidence of one service; makes attempts that fail in passing again.
    pub fn put(&self, entity_ref: &str, document: &[u8]) -> Result<(), Refusal> {
        let address = format!("{}{}", self.base, route(entity_ref).ok_or(Refusal::NoRef)?);
        let waits = ExponentialBuilder::default()
            .with_min_delay(FIRST_WAIT)
            .with_max_delay(LONGEST_WAIT)
            .with_max_times(MOST_REPETITIONS)
            .with_jitter();
        let attempt = || self.attempt(&address, document);
        attempt
            .retry(waits)
            .when(|failed| failed.passes)
            .call()
            .map_err(|failed| failed.refusal)
    }

    fn attempt(&self, address: &str, document: &[u8]) -> Result<(), Failed> {
        let sent = self
            .agent
            .put(address)
            .header("authorization", self.authorization.clone())
            .content_type("application/json")
            .send(document);
        let mut response = match sent {
            Ok(response) => response,
            Err(error) => {
                return Err(Failed {
                    passes: passes(&error),
                    refusal: Refusal::Offline(error.to_string()),
                });
            }
        };
        let status = response.status();
        if status.is_success() {
            return Ok(());
        }
        let header = |name: &str| {
            let value = response.headers().get(name)?.to_str().ok()?;
            Some(value.to_owned())
        };
        let refusal = match status {
            StatusCode::UNAUTHORIZED => Refusal::Unauthorised,
            StatusCode::FORBIDDEN => Refusal::Forbidden,
            StatusCode::NOT_FOUND => Refusal::NotFound,
            StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge(document.len()),
            moved if moved.is_redirection() => {
                Refusal::Moved(moved.as_u16(), header("location").unwrap_or_default())
            }
            other => {
                let body = response.body_mut().with_config().limit(LONGEST_EXPLANATION);
                let body = body.read_to_string().unwrap_or_default();
                Refusal::Status(other.as_u16(), explanation(&body))
            }
        };
        Err(Failed {
            passes: matches!(status.as_u16(), 429 | 502 | 503 | 504),
            refusal,
        })
    }
}

/// An attempt that failed.
struct Failed {
    refusal: Refusal,
    /// Whether the next one may do better.
    passes: bool,
}

/// A certificate that is not trusted now is not trusted in a second.
fn passes(error: &ureq::Error) -> bool {
    match error {
        ureq::Error::Io(error) => error.kind() != io::ErrorKind::InvalidData,
        ureq::Error::Timeout(_) | ureq::Error::ConnectionFailed | ureq::Error::HostNotFound => true,
        _ => false,
    }
}

/// `/api/mentorship/evidence/by-entity/component/default/checkout`.
fn route(entity_ref: &str) -> Option<String> {
    let (kind, rest) = entity_ref.split_once(':')?;
    let (namespace, name) = rest.split_once('/').unwrap_or(("default", rest));
    if [kind, namespace, name].contains(&"") {
        return None;
    }
    let encoded = |segment| utf8_percent_encode(segment, SEGMENT);
    Some(format!(
        "/api/mentorship/evidence/by-entity/{}/{}/{}",
        encoded(kind),
        encoded(namespace),
        encoded(name)
    ))
}

/// What the portal says went wrong, where it says it in its usual form.
fn explanation(body: &str) -> String {
    let body: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    match body["error"]["message"].as_str() {
        Some(message) => format!(", {message}"),
        None => String::new(),
    }
}
