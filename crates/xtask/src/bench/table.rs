//! The table of figures: what was measured, beside what it is compared with.

use std::fmt;

/// Sections of rows, and notes between them.
pub struct Table(Vec<Line>);

enum Line {
    Note(String),
    Section(String),
    Row([String; 4]),
}

impl Table {
    /// An empty table.
    pub fn new() -> Self {
        Self(Vec::new())
    }

    /// A line of its own.
    pub fn note(&mut self, note: impl Into<String>) {
        self.0.push(Line::Note(note.into()));
    }

    /// Begins a section.
    pub fn section(&mut self, title: impl Into<String>) {
        self.0.push(Line::Section(title.into()));
    }

    /// What was measured, and its figure alone.
    pub fn row(&mut self, what: &str, ours: String) {
        self.compared(what, ours, String::new(), String::new());
    }

    /// What was measured, ours, theirs, and how they compare.
    pub fn compared(&mut self, what: &str, ours: String, baseline: String, ratio: String) {
        self.0
            .push(Line::Row([what.to_owned(), ours, baseline, ratio]));
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let titles = ["", "measured", "baseline", "comparison"].map(str::to_owned);
        let rows = self.0.iter().filter_map(|line| match line {
            Line::Row(row) => Some(row),
            Line::Note(_) | Line::Section(_) => None,
        });
        let mut widths = titles.each_ref().map(|title| title.chars().count());
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        let [what, ours, baseline, _] = widths;
        let row = |cells: &[String; 4]| {
            let [a, b, c, d] = cells;
            let line = format!("  {a:what$}  {b:>ours$}  {c:>baseline$}  {d}");
            line.trim_end().to_owned()
        };
        for line in &self.0 {
            match line {
                Line::Note(note) => writeln!(formatter, "{note}")?,
                Line::Section(title) => {
                    let [_, ours, baseline, ratio] = &titles;
                    let titles = [String::new(), ours.clone(), baseline.clone(), ratio.clone()];
                    writeln!(formatter, "\n{title}\n{}", row(&titles))?;
                }
                Line::Row(cells) => writeln!(formatter, "{}", row(cells))?,
            }
        }
        Ok(())
    }
}

/// Stands where there is no figure.
const NOT_MEASURED: &str = "not measured";

/// Milliseconds, with as many digits as they carry.
pub fn milliseconds(milliseconds: f64) -> String {
    match milliseconds {
        none if none.is_nan() => NOT_MEASURED.to_owned(),
        short if short < 10.0 => format!("{short:.2} ms"),
        long if long < 1_000.0 => format!("{long:.0} ms"),
        longer => format!("{:.2} s", longer / 1_000.0),
    }
}

/// A ratio, with as many digits as it carries.
pub fn times(ratio: f64) -> String {
    match ratio {
        none if none.is_nan() => NOT_MEASURED.to_owned(),
        // The clock of a thread has coarse ticks.
        endless if endless.is_infinite() => "under one tick".to_owned(),
        small if small < 10.0 => format!("{small:.2}×"),
        large => format!("{large:.0}×"),
    }
}
