//! Runbooks: are there steps at command level, a way back, a look at graphs?

use super::inline::Link;
use super::outline::Block;
use super::prose::{self, Prose, ReadLine, Section, words};
use super::text::is_one_of;
use crate::civil_date::CivilDate;
use crate::{Located, Parsed};

/// What a runbook has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Runbook {
    /// The title of the front matter, else the first heading.
    pub title: Option<Located<String>>,
    /// Steps that can be typed: blocks of commands, and commands in running text.
    pub commands: usize,
    /// The first line that tells the way back: a section's, else a step's.
    pub rollback: Option<u32>,
    /// Links to graphs.
    pub dashboards: Vec<Located<Link>>,
    /// All other links.
    pub links: Vec<Located<Link>>,
    /// When somebody last looked at it, as it says itself.
    pub reviewed_on: Option<Located<CivilDate>>,
    /// The headings, in order.
    pub sections: Vec<Section>,
}

/// Reads a runbook; `path` tells its markup.
pub fn runbook(path: &str, bytes: &[u8]) -> Parsed<Runbook> {
    let mut prose = prose::open(path, bytes);
    let (dashboards, links) = prose
        .links()
        .into_iter()
        .partition(|link| is_dashboard(&link.value));
    let runbook = Runbook {
        title: prose.title(),
        commands: blocks_of_commands(&prose) + commands_in_text(&prose),
        rollback: rollback(&prose),
        dashboards,
        links,
        reviewed_on: reviewed_on(&mut prose),
        sections: prose.sections(),
    };
    Parsed {
        value: runbook,
        notes: prose.notes,
    }
}

fn is_dashboard(link: &Link) -> bool {
    const NAMES: [&str; 6] = [
        "grafana",
        "datadoghq",
        "kibana",
        "newrelic",
        "dashboard",
        "cloudwatch",
    ];
    // Sources, manuals and shared documents of whatever draws graphs show none.
    const ELSEWHERE: [&str; 5] = [
        "github.",
        "gitlab.",
        "docs.",
        "drive.google.",
        "grafana.com",
    ];
    let target = link.target.to_lowercase();
    let address = target.split_once("://").map_or("", |(_, address)| address);
    let address = address.strip_prefix("www.").unwrap_or(address);
    let path = address.split_once('/').map_or("", |(_, path)| path);
    if ELSEWHERE.iter().any(|host| address.starts_with(host)) || target.ends_with(".md") {
        return false;
    }
    let words = words(&link.text);
    let named = words
        .iter()
        .any(|word| is_one_of(word, "dashboard|dashboards|grafana"));
    named || path.starts_with("d/") || NAMES.iter().any(|name| target.contains(name))
}

/// Languages that are typed into a shell or a console.
fn is_typed(language: &str) -> bool {
    const LANGUAGES: &str = "bash|sh|shell|zsh|fish|console|terminal|shell-session|shellsession|powershell|\
        ps1|pwsh|cmd|bat|sql|ruby|psql|mysql|promql|redis|irb|kusto|kql|cql|logql";
    is_one_of(language, LANGUAGES)
}

fn blocks_of_commands(prose: &Prose) -> usize {
    let in_block = |wanted: usize| {
        prose
            .lines
            .iter()
            .filter(move |line| line.block == (Block::Code { code: wanted }))
    };
    let typed = |(index, code): &(usize, &super::outline::Code)| {
        let mut lines = in_block(*index)
            .map(|line| line.text.text.trim())
            .peekable();
        if lines.peek().is_none() {
            return false;
        }
        is_typed(&code.language) || (code.language.is_empty() && lines.any(looks_typed))
    };
    prose.code.iter().enumerate().filter(typed).count()
}

fn commands_in_text(prose: &Prose) -> usize {
    let text = || prose.lines.iter().filter(|line| !line.is_code());
    let in_code = text()
        .flat_map(ReadLine::texts)
        .flat_map(|text| {
            text.code
                .iter()
                .filter_map(|span| text.text.get(span.clone()))
        })
        .filter(|code| is_command(code) && code.trim_start_matches("$ ").contains(' '));
    let bare = text().filter(|line| line.text.code.is_empty() && line.text.text.starts_with("$ "));
    in_code.count() + bare.count()
}

/// `$ anything`, or a known program with something to do.
fn is_command(line: &str) -> bool {
    const PROGRAMS: &str = "oc|helm|docker|podman|aws|gcloud|az|gsutil|terraform|ansible|ansible-playbook|\
        git|curl|wget|ssh|scp|rsync|sudo|service|psql|mysql|knife|openssl|make|npm|\
        npx|yarn|bundle|rails|rake|python|python3|java|cd|ls|cat|grep|export|echo|\
        tail|ps|kill|df|du|top|dig|nc|ping|chmod|cp|mv|rm|mkdir|tar|vault|consul|\
        nomad|argocd|cargo|go|cf|bosh|gh|jq|apt|apt-get|brew|pip|poetry|\
        docker-compose|terragrunt|pg_dump|pg_restore|mongosh|bash|sh|source|node|pnpm|\
        velero|kustomize|ceph|flux|nslookup|lsof|netstat|ipconfig|\
        dotnet|mvn|pwsh";
    if line
        .strip_prefix("$ ")
        .is_some_and(|rest| !rest.trim().is_empty())
    {
        return true;
    }
    // `NAMESPACE=pay kubectl …` sets a variable first.
    let sets = |word: &&str| {
        word.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte == b'_' || byte.is_ascii_uppercase())
        })
    };
    let mut parts = line.split_whitespace().skip_while(sets);
    let program = parts.next().unwrap_or_default();
    let script = program.starts_with("./") || program.starts_with("bin/");
    let known =
        program.ends_with("ctl") || program.ends_with("-cli") || is_one_of(program, PROGRAMS);
    let file = program.ends_with(".sh") || program.ends_with(".ps1");
    match parts.next() {
        // `crt.sh ID` is a site's number.
        Some(next) => script || known || file && (program.contains('/') || next.starts_with('-')),
        None => script,
    }
}

/// A line of an unlabelled block that reads as a command: options or quoted
/// arguments behind a word in lower case, and no sentence.
fn looks_typed(line: &str) -> bool {
    let program = line.split_whitespace().next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
    let named = program.starts_with(|c: char| c.is_ascii_lowercase()) && program.chars().all(plain);
    let options = line.contains(" --") || line.contains(" -") || line.contains(" '");
    is_command(line) || (named && options && !line.ends_with(['.', ':', ',']))
}

fn rollback(prose: &Prose) -> Option<u32> {
    let tells = |line: &&ReadLine| line.texts().any(|text| tells_the_way_back(&text.text));
    let headings = || prose.lines.iter().filter(|line| line.heading().is_some());
    let undo = |line: &&ReadLine| {
        words(&line.text.text)
            .iter()
            .any(|word| is_one_of(word, "undo|backout"))
    };
    let found = headings().find(|line| tells(line) || undo(line));
    let steps = || {
        prose
            .lines
            .iter()
            .filter(|line| line.heading().is_none() && !line.is_code())
    };
    let typed = || {
        let code = prose.lines.iter().filter(|line| line.is_code());
        code.filter(|line| types_the_way_back(line.text.text.trim()))
    };
    found
        .or_else(|| steps().find(tells))
        .or_else(|| typed().next())
        .map(|line| line.number)
}

/// A command that goes back, or a remark on those below it that says so. Other lines of
/// code may as well be what a program prints.
fn types_the_way_back(line: &str) -> bool {
    let remark = line.strip_prefix('#').is_some_and(tells_the_way_back);
    remark || line.contains("rollout undo ") || line.contains("helm rollback ")
}

fn tells_the_way_back(text: &str) -> bool {
    const ONE_WORD: &str = "rollback|rollbacks|revert|reverting|rückgängig|zurückrollen|zurücksetzen|\
        revertir|reverter|reversión|reversão|ripristino|откат";
    // Written without blanks between words.
    const UNSPACED: [&str; 5] = ["回滚", "回退", "ロールバック", "切り戻し", "롤백"];
    let words = words(text);
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    (0..words.len()).any(|at| {
        let denied =
            at > 0 && is_one_of(word(at - 1), "no|not|cannot|t|without|be|possible|failed");
        let says = match word(at) {
            one if is_one_of(one, ONE_WORD) => true,
            "roll" | "rolling" => word(at + 1) == "back",
            "back" | "backing" => word(at + 1) == "out",
            "retour" | "en" => word(at + 1) == "arrière",
            _ => false,
        };
        says && !denied
    }) || UNSPACED.iter().any(|said| text.contains(said))
}

/// The surest sign of freshness first: a review, then a change. A bare `date` is
/// the day of writing.
fn reviewed_on(prose: &mut Prose) -> Option<Located<CivilDate>> {
    const KEYS: &str = "last_reviewed|last_reviewed_on|last_reviewed_at|last_verified|last_verified_at|\
        last_validated|last_tested|last_checked|reviewed|reviewed_on|review_date|date_reviewed|\
        last_review|last_updated|last_update|updated|updated_at|\
        last_modified|lastmod|modified|revised|letzte_aktualisierung|\
        última_actualización|última_atualização|dernière_mise_à_jour|ultimo_aggiornamento|\
        最后更新|更新日期|最終更新|最終更新日";
    let declared = KEYS.split('|').find_map(|key| prose.front_date(&[key]));
    if declared.is_some() {
        return declared;
    }
    let said: Vec<(usize, u32, String)> = prose
        .lines
        .iter()
        .filter(|line| !line.is_code())
        .filter_map(|line| {
            let (label, value) = match line.cells.as_slice() {
                [label, value, ..] => (label.text.to_lowercase(), value.text.as_str()),
                _ => line.labelled()?,
            };
            let label = words(&label).join("_");
            let rank = KEYS.split('|').position(|key| key == label)?;
            Some((rank, line.number, value.to_owned()))
        })
        .collect();
    let best = said
        .into_iter()
        .min_by_key(|(rank, line, _)| (*rank, *line));
    best.and_then(|(_, line, value)| prose.date(&value, line))
}
