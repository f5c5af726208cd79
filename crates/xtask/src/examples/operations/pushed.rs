//! What a pipeline pushes of one service, `mentorship/pushed/v1`.

use mentorship_core::civil_date::CivilDate;
use mentorship_core::wire::v1::{
    EscalationCause, PushedDeployment, PushedEvidence, PushedIncident, PushedResponder,
    PushedService,
};

use super::{Because, COVERED_DAYS, Happening, Reported, days, first_minute, happenings, time};
use crate::examples::company::Company;

/// The document of one service as of the day `anchor`.
pub(super) fn document(
    entity_ref: &str,
    reported: &Reported,
    company: &Company,
    anchor: CivilDate,
) -> Result<PushedEvidence, String> {
    let incidents = reported.incidents.as_ref().map(|troubles| {
        let happenings = happenings(troubles, anchor);
        let incidents = happenings.iter().map(|one| incident(one, company));
        incidents.collect::<Result<Vec<_>, _>>()
    });
    let mut deployments = Vec::new();
    for told in &reported.deployments {
        for (turn, day) in days(&told.from, &told.to, told.every, anchor).enumerate() {
            deployments.push(PushedDeployment {
                at: time(day, 14 * 60),
                failed: (turn + 1).is_multiple_of(told.failed_every.max(1)),
            });
        }
    }
    Ok(PushedEvidence {
        schema: "mentorship/pushed/v1".to_owned(),
        collected_at: time(anchor, 0),
        since: Some(anchor.plus_days(-COVERED_DAYS).to_string()),
        services: vec![PushedService {
            entity_ref: entity_ref.to_owned(),
            incidents: incidents.transpose()?,
            deployments: Some(deployments),
            ..PushedService::default()
        }],
        reviews: None,
    })
}

fn incident(one: &Happening<'_>, company: &Company) -> Result<PushedIncident, String> {
    let at = |minutes| time(one.began, first_minute(one.number) + minutes);
    let mut responders = Vec::new();
    for (name, level) in [
        (one.paged, 1),
        (one.passed_on.map(|passed| passed.to.as_str()), 2),
    ] {
        if let Some(name) = name {
            responders.push(PushedResponder {
                person: company.profile(name)?.email.clone(),
                level: Some(level),
                acknowledged_at: Some(at(4)),
                acted_at: None,
            });
        }
    }
    let resolver = one.resolver.map(|name| company.profile(name)).transpose()?;
    Ok(PushedIncident {
        id: format!("INC-{}", one.number),
        created_at: at(0),
        resolved_at: Some(at(50)),
        resolution: None,
        resolved_by: resolver.map(|profile| profile.email.clone()),
        escalation_level: Some(if one.passed_on.is_some() { 2 } else { 1 }),
        escalation_cause: one.passed_on.and_then(|passed| match passed.because {
            Because::Unanswered => Some(EscalationCause::NoAnswer),
            Because::Knowledge => Some(EscalationCause::Knowledge),
            Because::Unsaid => None,
        }),
        responders,
    })
}
