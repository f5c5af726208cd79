//! Reminders.

use crate::program::{Reminder, Topic};
use crate::wire::v1;

/// Renders a reminder.
pub fn reminder(reminder: Reminder) -> v1::Reminder {
    v1::Reminder {
        topic: match reminder.topic {
            Topic::RotationDue => v1::ReminderTopic::RotationDue,
            Topic::MilestoneOverdue => v1::ReminderTopic::MilestoneOverdue,
            Topic::NothingMoved => v1::ReminderTopic::NothingMoved,
        },
        id: reminder.id,
        recipients: reminder.recipients,
        title: reminder.title,
        text: reminder.text,
    }
}
