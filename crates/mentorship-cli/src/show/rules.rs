//! Rules: the list of them, and the page of one.

use std::fmt::Write as _;
use std::io;

use anstyle::Style;
use mentorship_core::wire::v1::{RuleCatalogue, RuleEntry};

use super::layout::{self, hanging, markdown_table, paragraph};
use super::text;

const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// Writes the list.
///
/// # Errors
/// Where standard output cannot be written.
pub fn table(catalogue: &RuleCatalogue) -> io::Result<()> {
    // The rules of a category stand together, and there is no room to say which.
    let without_category = |mut row: Vec<String>| {
        row.remove(CATEGORY);
        row
    };
    let header: Vec<&str> = HEADER
        .iter()
        .copied()
        .filter(|title| *title != "Category")
        .collect();
    let rows = catalogue.rules.iter().map(row).map(without_category);
    text(&format!("{}\n", layout::table(&header, rows)))
}

/// Writes the list in Markdown.
///
/// # Errors
/// Where standard output cannot be written.
pub fn markdown(catalogue: &RuleCatalogue) -> io::Result<()> {
    text(&markdown_table(&HEADER, catalogue.rules.iter().map(row)))
}

const CATEGORY: usize = 2;
const HEADER: [&str; 5] = ["Rule", "What is wrong", "Category", "Weight", "Needed for"];

fn row(rule: &RuleEntry) -> Vec<String> {
    vec![
        rule.id.clone(),
        rule.title.clone(),
        rule.category.as_str().to_owned(),
        rule.weight.to_string(),
        rule.levels.join(", "),
    ]
}

/// Writes the page of one rule for people at a terminal.
///
/// # Errors
/// Where standard output cannot be written.
pub fn page(rule: &RuleEntry) -> io::Result<()> {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{STRONG}{}{STRONG:#}  {FAINT}{}{FAINT:#}",
        rule.title,
        about(rule)
    );
    let mut paragraph_lines: Vec<&str> = Vec::new();
    let mut in_code = false;
    for line in rule.page.lines().chain([""]) {
        let is_fence = line.starts_with("```");
        if in_code && !is_fence {
            let _ = writeln!(out, "    {line}");
            continue;
        }
        let goes_on = !line.is_empty() && !is_fence && !line.starts_with('#') && !begins_item(line);
        if !goes_on && !paragraph_lines.is_empty() {
            let _ = writeln!(out, "{}", block(&paragraph_lines.join(" ")));
            paragraph_lines.clear();
        }
        if is_fence {
            in_code = !in_code;
        } else if let Some(title) = line.strip_prefix("## ") {
            let _ = writeln!(out, "{STRONG}{title}{STRONG:#}");
        } else if line.is_empty() {
            out.push_str(if out.ends_with("\n\n") { "" } else { "\n" });
        } else {
            paragraph_lines.push(line.trim());
        }
    }
    text(&format!("{}\n", out.trim_end()))
}

/// Writes the page of one rule as it is written.
///
/// # Errors
/// Where standard output cannot be written.
pub fn page_in_markdown(rule: &RuleEntry) -> io::Result<()> {
    text(&format!(
        "# {}\n\n{}\n\n{}\n",
        rule.title,
        about(rule),
        rule.page
    ))
}

/// Id, category, weight, levels.
fn about(rule: &RuleEntry) -> String {
    let mut about = format!(
        "{}, {}, weight {}",
        rule.id,
        rule.category.as_str(),
        rule.weight
    );
    if !rule.levels.is_empty() {
        let _ = write!(about, ", needed for {}", rule.levels.join(", "));
    }
    about
}

fn begins_item(line: &str) -> bool {
    line.trim_start().starts_with("- ")
}

fn block(text: &str) -> String {
    if begins_item(text) {
        hanging(text, "  ", "    ")
    } else {
        paragraph(text, "  ")
    }
}
