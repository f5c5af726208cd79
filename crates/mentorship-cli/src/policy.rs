//! The policy file: JSON, or YAML that says the same.

use std::path::Path;

use mentorship_core::engine::Engine;
use mentorship_core::policy::Policy;

use crate::catalog::value_of_yaml;
use crate::exit::Failure;

/// The text of the default policy.
const DEFAULT: &str = "{}";

/// An engine under the policy of a file, or under the default one.
pub fn engine(file: Option<&Path>) -> Result<Engine, Failure> {
    let text = text(file)?;
    Engine::new(&text).map_err(|error| wrong(file, &error))
}

/// The policy of a file, or the default one.
pub fn policy(file: Option<&Path>) -> Result<Policy, Failure> {
    let text = text(file)?;
    Policy::from_json(&text).map_err(|error| wrong(file, &error))
}

fn text(file: Option<&Path>) -> Result<String, Failure> {
    let Some(path) = file else {
        return Ok(DEFAULT.to_owned());
    };
    let text = std::fs::read_to_string(path).map_err(|error| wrong(file, &error))?;
    let is_yaml = path
        .extension()
        .is_some_and(|extension| extension == "yaml" || extension == "yml");
    if !is_yaml {
        return Ok(text);
    }
    let value = value_of_yaml(&text).map_err(|problem| {
        Failure::Usage(format!("{}: {}", problem.place(path), problem.message))
    })?;
    Ok(value.to_string())
}

fn wrong(file: Option<&Path>, error: &dyn std::error::Error) -> Failure {
    let place = file.map_or("policy".to_owned(), |path| path.display().to_string());
    Failure::Usage(format!("{place}: {error}"))
}
