//! What a document is, by its path.

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentKind {
    /// Steps for operating the service.
    Runbook,
    /// Why something is as it is.
    DecisionRecord,
}

const RECORD_FOLDERS: [&str; 6] = [
    "adr",
    "adrs",
    "decisions",
    "decision-records",
    "architecture-decisions",
    "architecture_decisions",
];

/// The kind of a Markdown file in one of the usual folders; indexes and
/// templates are no documents.
pub fn kind_of_path(path: &str) -> Option<DocumentKind> {
    let lower = path.to_lowercase();
    let (directory, name) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let stem = [".md", ".markdown", ".mdx"]
        .iter()
        .find_map(|extension| name.strip_suffix(extension))?;
    if ["readme", "index", "template"].contains(&stem)
        || stem.ends_with("-template")
        || stem.starts_with("template")
    {
        return None;
    }
    let within = |folder: &str| directory.split('/').any(|segment| segment == folder);
    if stem == "runbook" || within("runbooks") || within("runbook") || within("playbooks") {
        Some(DocumentKind::Runbook)
    } else if RECORD_FOLDERS.iter().any(|folder| within(folder)) {
        Some(DocumentKind::DecisionRecord)
    } else {
        None
    }
}

/// The first heading of a Markdown text.
pub fn title(text: &str) -> Option<String> {
    let heading = text
        .lines()
        .find_map(|line| line.strip_prefix("# "))?
        .trim();
    (!heading.is_empty()).then(|| heading.to_owned())
}
