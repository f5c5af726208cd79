//! The words that plans use, and what they mean here.

use super::{AssetKind, Autonomy, LogKind};
use crate::documents::text::is_one_of;

/// Roles that a plan gives to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Steward,
    Backup,
    ProgramOwner,
    Maintainer,
    Mentor,
    Apprentice,
}

/// What stands before a colon, in a heading or above a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Role(Role),
    StewardSince,
    Started,
    Autonomy,
    Goal,
    SuccessSignal,
    Scope,
    Service,
    Asset(AssetKind),
}

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    /// `30-60-90`, milestones.
    Milestones,
    /// Runbooks and the like; of one kind where the heading names it.
    Assets(AssetKind),
    Escalation,
    Log,
    /// A section for one label: `Scope`, `Mentors`.
    Label(Label),
    /// People and roles together: says nothing by itself.
    People,
    /// A sample or a template to copy: nothing in it is meant.
    Sample,
    Other,
}

/// The labels, each in its wordings. A bare "recording" is as often that of a meeting.
const LABELS: [(Label, &str); 18] = [
    (Label::Role(Role::Steward), "steward|stewards|co steward"),
    (
        Label::Role(Role::Backup),
        "backup|backups|deputy|stand in|backup steward|secondary steward|\
        deputy steward|steward backup",
    ),
    (
        Label::Role(Role::ProgramOwner),
        "program owner|programme owner|program owners|programme owners|program lead|\
        programme lead|program sponsor|mentorship owner|mentorship program owner|\
        mentorship programme owner",
    ),
    (
        Label::Role(Role::Maintainer),
        "maintainer|maintainers|trained maintainer|trained maintainers|co maintainer|\
        co maintainers",
    ),
    (
        Label::Role(Role::Mentor),
        "mentor|mentors|project mentor|project mentors|buddy|buddies|coach|coaches|lead|leads|team lead|tech lead|\
        technical lead|manager|managers|engineering manager|line manager|\
        hiring manager|supervisor|guide|mentored by|backup mentor|backup buddy|\
        secondary mentor|co mentor|co mentors|technical mentor|tech mentor|tech buddy|\
        technical buddy|team buddy|onboarding mentor|peer mentor|peer buddy|\
        learns from|mentor buddy|buddy mentor|sponsor|learning from|mentores|\
        tuteur|tutor|tutora|parrain|marraine|padrino|madrina|padrinho|madrinha|pate|\
        patin|fadder|begeleider|наставник|ментор|メンター|导师|導師",
    ),
    (
        Label::Role(Role::Apprentice),
        "apprentice|apprentices|mentee|mentees|new hire|new hires|new joiner|\
        new joiners|new starter|new starters|joiner|newcomer|newcomers|trainee|\
        trainees|learner|learners|intern|interns|student|students|new team member|\
        new team members|new engineer|new member|new employee|new developer|onboardee|\
        protégé|protege|protegee|who is learning|people learning|shadow|shadows|\
        aprendiz|aprendices|nuevo miembro|nuevo integrante|novo membro|novo integrante|\
        apprenti|nouvel arrivant|nouvelle arrivante|neuer mitarbeiter|neue mitarbeiterin|\
        auszubildende|azubi|nyansatt|nyanställd|новичок|стажёр|新メンバー|新人|新员工|学员",
    ),
    (
        Label::StewardSince,
        "steward since|since|steward start|steward started|stewardship since|\
        stewardship started|rotation started|rotation start|stewardship start",
    ),
    (
        Label::Started,
        "started|start|start date|starts|starting|started on|joined|first day|\
        joining date|starting date|day one|join date|apprentice since|started at|\
        begins|date of joining|inicio|fecha de inicio|fecha de ingreso|startdatum|\
        eintrittsdatum|beginn|date de début|date darrivée|data de início|data de ingresso|入社日|入职日期",
    ),
    (
        Label::Autonomy,
        "autonomy|autonomy level|level of autonomy|autonomy ladder|rung|autonomy rung|\
        independence",
    ),
    (
        Label::Goal,
        "goal|goals|learning goal|learning goals|objective|objectives|concrete goal|\
        target|aim|objetivo|objetivos|ziel|ziele|objectif|objectifs",
    ),
    (
        Label::SuccessSignal,
        "success signal|success signals|success criteria|success criterion|\
        success measure|observable success signal|success looks like|done when|\
        success|signal",
    ),
    (
        Label::Scope,
        "scope|in scope|scope of plan|alcance|geltungsbereich|portée|escopo",
    ),
    (Label::Service, "services|service covered|component|service"),
    (
        Label::Asset(AssetKind::Runbook),
        "runbook|runbooks|run book|run books|playbook|playbooks|operations guide|\
        deploy playbook|primary runbook",
    ),
    (
        Label::Asset(AssetKind::Dashboard),
        "dashboard|dashboards|grafana|grafana dashboard|grafana dashboards|\
        slo dashboard|slo dashboards",
    ),
    (
        Label::Asset(AssetKind::Alert),
        "alert|alerts|alerting|alert rules|alarms",
    ),
    (
        Label::Asset(AssetKind::DecisionRecord),
        "adr|adrs|decision record|decision records|architecture decision records|\
        architecture decision record|architecture decisions|design decisions",
    ),
    (
        Label::Asset(AssetKind::Walkthrough),
        "walkthrough|walkthroughs|walk through|recorded walkthrough|\
        recorded walkthroughs|video walkthrough|video walkthroughs",
    ),
];

/// The label that a short text is, in whatever wording.
pub(super) fn label(text: &str) -> Option<Label> {
    if text.len() > 60 {
        return None;
    }
    let words = content_words(text);
    let joined = words.join(" ");
    let known = LABELS
        .iter()
        .find(|(_, wordings)| is_one_of(&joined, wordings))
        .map(|(label, _)| *label);
    known.or_else(|| {
        // `Mentor / reviewer` teaches; `Mentor / mentee` are two.
        let (first, second) = text.split_once('/')?;
        let mentor = Label::Role(Role::Mentor);
        let both = (label(first), label(second));
        matches!(both, (Some(one), None) if one == mentor).then_some(mentor)
    })
}

/// What kind of asset a title or target speaks of.
pub(super) fn asset_in(text: &str) -> AssetKind {
    let text = text.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if any(&["runbook", "playbook", "run book"]) {
        AssetKind::Runbook
    } else if any(&["dashboard", "grafana"]) {
        AssetKind::Dashboard
    } else if any(&["alert"]) {
        AssetKind::Alert
    } else if any(&["adr/", "adrs/", "adr-", "decision"])
        || text
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| matches!(word, "adr" | "adrs"))
    {
        AssetKind::DecisionRecord
    } else if any(&[
        "walkthrough",
        "recording",
        "video",
        "youtu",
        "loom.com",
        "vimeo",
        ".mp4",
    ]) {
        AssetKind::Walkthrough
    } else {
        AssetKind::Other
    }
}

/// What a heading opens.
pub(super) fn topic(text: &str) -> Topic {
    if let Some(label) = label(text) {
        return match label {
            Label::Asset(kind) => Topic::Assets(kind),
            label => Topic::Label(label),
        };
    }
    let words = plain_words(text);
    let has = |word: &str| words.iter().any(|other| other == word);
    let joined = words.join(" ");
    let edges = words.first().zip(words.last());
    let edges = edges.map(|(first, last)| (first.as_str(), last.as_str()));
    let short = words.len() <= 6;
    if joined.contains("30 60 90") || (short && (has("milestone") || has("milestones"))) {
        Topic::Milestones
    } else if (short && (has("escalation") || has("escalations")))
        || joined == "whom to call"
        || joined == "who to call"
    {
        Topic::Escalation
    } else if is_log(&words) {
        Topic::Log
    } else if matches!(edges, Some(("assets", _) | (_, "assets"))) && words.len() <= 4
        || joined == "runbooks and dashboards"
    {
        Topic::Assets(AssetKind::Other)
    } else if words.len() <= 3 && (has("sample") || has("example") || has("template")) {
        Topic::Sample
    } else if is_one_of(
        &joined,
        "people|roles|team|who|roles and people|people and roles|contacts|key people|\
        key contacts|ownership|owners|pairs|pairing|pairings|\
        roles and responsibilities|participants|mentorship pairs",
    ) {
        Topic::People
    } else {
        Topic::Other
    }
}

fn is_log(words: &[String]) -> bool {
    let joined = words.join(" ");
    let last = words.last().map(String::as_str);
    is_one_of(
        &joined,
        "log|journal|wins|friday wins|logbook|progress|progress notes|what happened|\
        activity|sessions|history",
    ) || (matches!(last, Some("log" | "journal" | "diary"))
        && words.iter().any(|word| {
            is_one_of(
                word,
                "mentorship|mentoring|progress|pairing|shadow|shadowing|activity|session|\
        sessions|learning|apprenticeship|practice|rotation",
            )
        }))
}

/// The rung that a text names.
pub(super) fn autonomy(text: &str) -> Option<Autonomy> {
    plain_words(text).iter().find_map(|word| {
        Some(match word.as_str() {
            "guided" => Autonomy::Guided,
            "supervised" => Autonomy::Supervised,
            "independent" | "independently" => Autonomy::Independent,
            "leading" | "leads" => Autonomy::Leading,
            _ => return None,
        })
    })
}

/// What a log entry tells of, by the first word that says so.
pub(super) fn log_kind(text: &str) -> LogKind {
    let words = plain_words(text);
    let pairs = |at: usize| {
        let first = words.get(at).map_or("", String::as_str);
        (first, words.get(at + 1).map_or("", String::as_str))
    };
    (0..words.len())
        .find_map(|at| {
            Some(match pairs(at) {
                ("reverse", next) if next.starts_with("shadow") => LogKind::ReverseShadow,
                ("shadow" | "shadowed" | "shadowing" | "shadows", _) => LogKind::Shadow,
                ("pair" | "paired" | "pairing" | "pairs", _) => LogKind::Pairing,
                ("game", "day" | "days") | ("gameday" | "gamedays" | "drill", _) => {
                    LogKind::GameDay
                }
                ("handover" | "handoff" | "handovers", _)
                | ("hand", "over" | "off")
                | ("handed", "over" | "off") => LogKind::Handover,
                ("win" | "wins", _) => LogKind::Win,
                _ => return None,
            })
        })
        .unwrap_or(LogKind::Other)
}

/// Whether the cell of a status column says that something is done.
pub(super) fn status(text: &str) -> bool {
    let words = plain_words(text);
    let not = words.iter().any(|word| is_one_of(word, "not|no|in|todo"));
    let done = words.iter().any(|word| {
        is_one_of(
            word,
            "done|x|yes|y|complete|completed|finished|passed|closed|achieved|true|ok",
        )
    });
    (done && !not) || text.contains(['✅', '✔', '✓', '☑']) || text.contains(":white_check_mark:")
}

/// Words in lower case, brackets and what is in them left out.
pub(super) fn plain_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut in_word = false;
    for character in text.chars() {
        if character.is_alphanumeric() {
            if !in_word {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(character.to_lowercase());
            }
            in_word = true;
        } else {
            // `we're` is one word.
            in_word = in_word && matches!(character, '\'' | '’');
        }
    }
    words
}

/// The words of a label that carry its meaning: `Your Mentor(s) name` is `mentor`.
fn content_words(text: &str) -> Vec<String> {
    const FILLERS: &str = "your|the|our|my|current|assigned|potential|named|system|suggested|proposed|\
        onboarding|name|names|handle|handles|a|an|primary|key|designated|recommended|\
        available|possible|list";
    // `Mentors information:` asks for mentors; a section of that name tells more of them.
    const OF_WHAT_FOLLOWS: &str = "information|info|details";
    let text = text.replace("(s)", "");
    let asks = text.trim_end().ends_with(':');
    let text = text.trim().trim_end_matches(':');
    let text = match text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('))
    {
        Some((before, _)) => before,
        None => text,
    };
    let words: Vec<String> = plain_words(text);
    let content: Vec<String> = words
        .iter()
        .enumerate()
        .filter(|(at, word)| {
            let service = *at == 0 && words.len() > 1 && word.as_str() == "service";
            // `Mentor onboarding` is something to do.
            let done = word.as_str() == "onboarding" && *at + 1 == words.len();
            let filler = is_one_of(word, FILLERS) || asks && is_one_of(word, OF_WHAT_FOLLOWS);
            (!filler || done) && !service && word.as_str() != "of"
        })
        .map(|(_, word)| word.clone())
        .collect();
    content
}
