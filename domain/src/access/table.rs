//! The policy table (권한표): actions down, roles across. Printed to `docs/access.md`.
//!
//! A new nuance is a new named cell of its subject, never an `if` in a handler. `or` after a row names the relation that
//! needs no role at all. The rows on GPUs stand in `gpu.rs`, those on what projects are given and use in `given.rs`, those on
//! counsel in `counsel.rs`.

use super::{Action, Subject, System};
use crate::account::{Account, ServiceKey};
use crate::budget::{BudgetLine, Envelope, LinePair};
use crate::committee::{Committee, Expert};
use crate::consultation::{Adviser, Consultation};
use crate::demand::ResourceDemand;
use crate::gpu::{GpuPlace, GpuPool, GpuRequest, GpuRound, UserCharge};
use crate::resource::{CommonService, DatasetUse, FoundationModel, ModelAdoption, Of, ResourceRequest, ServiceUse};
use crate::{application::Application, award::Award, body::Body, call::SupportCall, challenge::Challenge};
use crate::{cost_share::CostShareRules, objection::Objection, operation::Operation, panel::Panel};
use crate::{project::Project, scoring::ScoreSheet};

/// Declares the actions of each capability with their rows: a module per capability under [`act`], and [`TABLE`].
macro_rules! policy {
    ($($capability:ident { $($(#[doc = $doc:literal])+ $action:ident = $name:literal on $on:ty => [$($cell:ident),+ $(,)?] $(or $anyone:ident)?;)+ })+) => {
        /// Every action, by capability.
        pub mod act {
            $(#[doc = concat!("Actions of `", stringify!($capability), "`.")]
            pub mod $capability {
                $($(#[doc = $doc])+ #[doc = concat!("`", $name, "`")] #[derive(Debug, Clone, Copy)] pub struct $action;)+
            })+
        }
        $($(impl Action for act::$capability::$action {
            type On = $on;
            const NAME: &'static str = $name;
            const ROW: [<$on as Subject>::Cell; 9] = { type Cell = <$on as Subject>::Cell; [$(Cell::$cell),+] };
            $(const ANYONE: <$on as Subject>::Cell = { type Cell = <$on as Subject>::Cell; Cell::$anyone };)?
        })+)+
        /// Every action: its name, its subject's kind, and one cell for each role.
        pub const TABLE: &[(&str, &str, [&str; 9])] =
            &[$($(($name, <$on as Subject>::KIND, [$(stringify!($cell)),+])),+),+];
        /// The path parameter by which each action's subject is named.
        pub const IN_PATH: &[(&str, &str)] = &[$($(($name, <$on as Subject>::IN_PATH)),+),+];
        /// What each action is, in words, in the order of [`TABLE`].
        pub const WORDS: &[(&str, &str)] = &[$($(($name, concat!($($doc),+))),+),+];
        /// The few actions that some relation opens without any role, and that relation.
        pub const ANYONE: &[(&str, &str)] = &[$($($(($name, stringify!($anyone)),)?)+)+];
    };
}

with_gpu! { policy! {
    account {
        //                                    planner applicant adviser committee coordinator progress auditor viewer administrator
        /// List accounts.
        List = "account.list" on System    => [Never, Never,    Never,  Never,    Never,      Never,   Always, Never, Always];
        /// Open an account.
        Create = "account.create" on System => [Never, Never,   Never,  Never,    Never,      Never,   Never,  Never, Always];
        /// Read an account with its roles.
        Read = "account.read" on Account   => [Self_, Self_,    Self_,  Self_,    Self_,      Self_,   Always, Self_, Always];
        /// Change an account's display name or address.
        Change = "account.change" on Account => [Never, Never,  Never,  Never,    Never,      Never,   Never,  Never, Always];
        /// Give an account a role.
        Grant = "account.grant" on Account => [Never, Never,    Never,  Never,    Never,      Never,   Never,  Never, Always];
        /// Take a role back.
        Revoke = "account.revoke" on Account => [Never, Never,  Never,  Never,    Never,      Never,   Never,  Never, Always];
        /// Suspend an account.
        Suspend = "account.suspend" on Account => [Never, Never, Never, Never,    Never,      Never,   Never,  Never, Always];
        /// Remove an account, keeping it for the record.
        Remove = "account.remove" on Account => [Never, Never,  Never,  Never,    Never,      Never,   Never,  Never, Always];
        /// Restore a suspended or removed account.
        Restore = "account.restore" on Account => [Never, Never, Never, Never,    Never,      Never,   Never,  Never, Always];
        /// Set another person's password, to be changed at the next sign-in.
        ResetPassword = "account.reset_password" on Account => [Never, Never, Never, Never, Never, Never, Never, Never, Always];
        /// Change the own password.
        ChangePassword = "account.change_password" on Account => [Self_, Self_, Self_, Self_, Self_, Self_, Self_, Self_, Self_] or Self_;
    }
    service_key {
        //                                    planner applicant adviser committee coordinator progress auditor viewer administrator
        /// List service keys.
        List = "service_key.list" on System => [Never, Never,   Never,  Never,    Never,      Never,   Always, Never, Always];
        /// Read one service key.
        Read = "service_key.read" on ServiceKey => [Never, Never, Never, Never,   Never,      Never,   Always, Never, Always];
        /// Make a service key.
        Create = "service_key.create" on System => [Never, Never, Never, Never,   Never,      Never,   Never,  Never, Always];
        /// Take a service key back.
        Revoke = "service_key.revoke" on ServiceKey => [Never, Never, Never, Never, Never,    Never,   Never,  Never, Always];
    }
    signing_key {
        //                                    planner applicant adviser committee coordinator progress auditor viewer administrator
        /// List the keys that sign access tokens.
        List = "signing_key.list" on System => [Never, Never,   Never,  Never,    Never,      Never,   Always, Never, Always];
        /// Bring in a new signing key.
        Rotate = "signing_key.rotate" on System => [Never, Never, Never, Never,   Never,      Never,   Never,  Never, Always];
    }
    session {
        //                                    planner  applicant adviser committee coordinator progress auditor viewer administrator
        /// Read who one is and which roles are in force.
        Read = "session.read" on System    => [Always, Always,  Always, Always,   Always,     Always,  Always, Always, Always] or Always;
        /// Begin a session, with the password.
        SignIn = "session.sign_in" on Account => [Self_, Self_, Self_,  Self_,    Self_,      Self_,   Self_,  Self_,  Self_] or Self_;
        /// Carry a session on, with its refresh token.
        Refresh = "session.refresh" on Account => [Self_, Self_, Self_, Self_,    Self_,      Self_,   Self_,  Self_,  Self_] or Self_;
        /// End the own session.
        SignOut = "session.sign_out" on Account => [Self_, Self_, Self_, Self_,   Self_,      Self_,   Self_,  Self_,  Self_] or Self_;
    }
    first_administrator {
        /// Make a one-time token for the first administrator. Only the machine's operator is ever asked for one.
        Issue = "first_administrator.issue" on System => [Never, Never, Never, Never, Never,  Never,   Never,  Never,  Always];
        /// Open the first administrator's account: whoever shows the one-time token.
        Redeem = "first_administrator.redeem" on System => [Never, Never, Never, Never, Never, Never,  Never,  Never,  Never] or Always;
    }
    audit {
        //                                    planner applicant adviser committee coordinator progress auditor viewer administrator
        /// Read the audit trail.
        Read = "audit.read" on System      => [Never, Never,    Never,  Never,    Never,      Never,   Always, Never, Never];
        /// Have the audit trail verified, and take a checkpoint of it.
        Verify = "audit.verify" on System  => [Never, Never,    Never,  Never,    Never,      Never,   Always, Never, Always];
    }
    operation {
        /// Read how far a long work has come.
        Read = "operation.read" on Operation => [Self_, Self_,  Self_,  Self_,    Self_,      Self_,   Always, Self_, Self_];
    }
    demo {
        /// Load a demonstration portfolio into an empty database.
        Load = "demo.load" on System       => [Never, Never,    Never,  Never,    Never,      Never,   Never,  Never, Always];
    }
    body {
        //                                    planner applicant adviser committee coordinator progress auditor viewer administrator
        /// Read the bodies.
        Read = "body.read" on System       => [Always, Always,  Always, Always,   Always,     Always,  Always, Always, Always];
        /// Read one body.
        Look = "body.look" on Body         => [Always, Always,  Always, Always,   Always,     Always,  Always, Always, Always];
        /// Enter a body.
        Create = "body.create" on System   => [Never, Never,    Never,  Never,    Always,     Never,   Never, Never, Always];
        /// Correct a body's facts.
        Change = "body.change" on Body     => [Never, Never,    Never,  Never,    Always,     Never,   Never, Never, Always];
        /// Close a body and name its successors.
        Close = "body.close" on Body       => [Never, Never,    Never,  Never,    Always,     Never,   Never, Never, Always];
    }
    reference {
        //                                         planner applicant adviser committee coordinator progress auditor viewer administrator
        /// Read regions, programmes, published figures and fiscal indicators.
        Read = "reference.read" on System     => [Always, Always,  Always, Always,   Always,     Always,  Always, Always, Always];
        /// Import municipalities and fiscal indicators.
        Import = "reference.import" on System => [Never, Never,    Never,  Never,    Always,     Never,   Never, Never, Always];
    }
    cost_share {
        //                                                          planner applicant adviser committee coordinator progress auditor viewer administrator
        /// Read the cost-share rule sets.
        Read = "cost_share.read" on System                     => [Always, Always,  Always, Always,   Always,     Always,  Always, Always, Always];
        /// Read one cost-share rule set, have a share explained, and see who would get which rate.
        Look = "cost_share.look" on CostShareRules             => [Always, Always,  Always, Always,   Always,     Always,  Always, Always, Always];
        /// Export who would get which rate.
        Export = "cost_share.export" on CostShareRules         => [Always, Always,  Always, Always,   Always,     Always,  Always, Always, Always];
        /// Enter a cost-share rule set with its first edition.
        Create = "cost_share.create" on System                 => [Never,  Never,   Never,  Never,    Always,     Never,   Never,  Never,  Never];
        /// Add an edition to a cost-share rule set.
        AddEdition = "cost_share.add_edition" on CostShareRules => [Never, Never,   Never,  Never,    Always,     Never,   Never,  Never,  Never];
        /// Restate a cost-share rule set's name, standing, source and dates.
        Change = "cost_share.change" on CostShareRules         => [Never,  Never,   Never,  Never,    Always,     Never,   Never,  Never,  Never];
    }
    budget {
        //                                                  planner  applicant adviser committee coordinator progress auditor viewer administrator
        /// Read a budget line with its ledger and balances.
        Read = "budget_line.read" on BudgetLine          => [Visible, Visible, Never,  Never,    Firm,       Visible, Always, Visible, Never];
        /// Open a budget line of a body.
        Create = "budget_line.create" on Body            => [Own,     Never,   Never,  Never,    Never,      Never,   Never,  Never,   Never];
        /// Import budget lines of a body from a table.
        Import = "budget_line.import" on Body            => [Own,     Never,   Never,  Never,    Never,      Never,   Never,  Never,   Never];
        /// Export budget lines, each reader those they may read.
        Export = "budget_line.export" on System          => [Always,  Always,  Never,  Never,    Always,     Always,  Always, Always,  Never];
        /// Change a budget line's description.
        Change = "budget_line.change" on BudgetLine      => [Own,     Never,   Never,  Never,    Never,      Never,   Never,  Never,   Never];
        /// Activate, close or reopen a budget line.
        Stand = "budget_line.stand" on BudgetLine        => [Own,     Never,   Never,  Never,    Never,      Never,   Never,  Never,   Never];
        /// Record movements on a budget line.
        Record = "budget_line.record" on BudgetLine      => [Own,     Never,   Never,  Never,    Never,      Never,   Never,  Never,   Never];
        /// Move money from a budget line to another, within the year or to the next.
        Move = "budget_line.move" on LinePair            => [Own,     Never,   Never,  Never,    Never,      Never,   Never,  Never,   Never];
        /// Take an entry of a budget line back, with its counterpart if it has one.
        Reverse = "budget_line.reverse" on LinePair      => [Own,     Never,   Never,  Never,    Never,      Never,   Never,  Never,   Never];
        /// Take a draft budget line out of use.
        Remove = "budget_line.remove" on BudgetLine      => [Own,     Never,   Never,  Never,    Never,      Never,   Never,  Never,   Never];
        /// Read the budget envelopes, which are published figures.
        ReadEnvelopes = "envelope.read" on System        => [Always,  Always,  Always, Always,   Always,     Always,  Always, Always,  Never];
        /// Read one budget envelope with its parts.
        LookEnvelope = "envelope.look" on Envelope       => [Always,  Always,  Always, Always,   Always,     Always,  Always, Always,  Never];
        /// State a budget envelope.
        CreateEnvelope = "envelope.create" on System     => [Never,   Never,   Never,  Never,    Always,     Never,   Never,  Never,   Never];
        /// Restate a budget envelope.
        ChangeEnvelope = "envelope.change" on Envelope   => [Never,   Never,   Never,  Never,    Always,     Never,   Never,  Never,   Never];
    }
    portfolio {
        /// Read the portfolio's sums.
        Read = "portfolio.read" on System     => [Always, Never,   Never,  Never,    Always,     Always,  Always, Always, Never];
    }
    project {
        //                                                          planner       applicant adviser committee coordinator progress auditor viewer administrator
        /// Enter a draft that the body leads.
        Create = "project.create" on Body => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
        /// Read it, its budget and its gates.
        Read = "project.read" on Project => [FiledOrJoint, Joint, Never, Never, Filed, Filed, Always, Filed, Never];
        /// Read its history, field by field.
        History = "project.history" on Project => [FiledOrJoint, Joint, Never, Never, Filed, Filed, Always, Filed, Never];
        /// Change what its planner writes.
        Change = "project.change" on Project => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
        /// Write a partner's own part.
        ChangePart = "project.change_part" on Project => [Partner, Never, Never, Never, Never, Never, Never, Never, Never];
        /// File a draft.
        File = "project.file" on Project => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
        /// Put it on hold.
        Hold = "project.hold" on Project => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
        /// Go on with it.
        Resume = "project.resume" on Project => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
        /// Give it up.
        Cancel = "project.cancel" on Project => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
        /// Take it back to an earlier phase.
        GoBack = "project.go_back" on Project => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
        /// Take a draft away.
        Remove = "project.remove" on Project => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
        /// Bring a removed draft back.
        Restore = "project.restore" on Project => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
        /// Put it before others when resources are given.
        Prioritise = "project.prioritise" on Project => [Never, Never, Never, Never, Filed, Never, Never, Never, Never];
        /// Confirm that similar projects were looked at.
        ConfirmSimilar = "project.confirm_similar" on Project => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
        /// State that no counsel of the advisory group is wanted.
        DeclineAdvice = "project.decline_advice" on Project => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
        /// Attach a file.
        Attach = "project.attach" on Project => [Joint, Never, Never, Never, Never, Never, Never, Never, Never];
        /// Ask for the gate of its phase, or take the request back.
        RequestGate = "project.request_gate" on Project => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
        /// Decide a gate request of other bodies.
        DecideGate = "project.decide_gate" on Project => [Never, Never, Never, Never, OtherFiled, Never, Never, Never, Never];
        /// Record a progress check.
        CheckProgress = "project.check_progress" on Project => [Never, Never, Never, Never, Filed, Filed, Never, Never, Never];
        /// Close an action of a check.
        CloseAction = "project.close_action" on Project => [Joint, Never, Never, Never, Never, Filed, Never, Never, Never];
        /// Judge its health.
        RateHealth = "project.rate_health" on Project => [Never, Never, Never, Never, Filed, Filed, Never, Never, Never];
        /// Rate it anew because a day has passed; the server does so every night.
        RefreshHealth = "project.refresh_health" on Project => [Never, Never, Never, Never, Never, Never, Never, Never, Filed];
        /// Export lists of projects, each reader what they may read.
        Export = "project.export" on System => [Always, Never, Never, Never, Always, Always, Always, Always, Never];
    }
    call {
        //                                                planner    applicant  adviser    committee  coordinator     progress        auditor viewer    administrator
        /// Read a support call with its rules.
        Read = "call.read" on SupportCall              => [Published, Published, Published, Published, PublishedOrOwn, PublishedOrOwn, Always, Published, Never];
        /// Read who changed what of a call.
        History = "call.history" on SupportCall        => [Never,     Never,     Never,     Never,     Own,            Never,          Always, Never,     Never];
        /// Prepare a call that the body holds.
        Create = "call.create" on Body                 => [Never,     Never,     Never,     Never,     Own,            Never,          Never,  Never,     Never];
        /// Make a draft with the plan and the rules of a call.
        Duplicate = "call.duplicate" on SupportCall    => [Never,     Never,     Never,     Never,     Own,            Never,          Never,  Never,     Never];
        /// Change a call's plan or lay down its rules.
        Change = "call.change" on SupportCall          => [Never,     Never,     Never,     Never,     Own,            Never,          Never,  Never,     Never];
        /// Bring a call further: publish it, put its deadline off, begin screening or evaluation.
        Advance = "call.advance" on SupportCall        => [Never,     Never,     Never,     Never,     Own,            Never,          Never,  Never,     Never];
        /// Give a call up.
        Cancel = "call.cancel" on SupportCall          => [Never,     Never,     Never,     Never,     Own,            Never,          Never,  Never,     Never];
    }
    application {
        //                                                 planner  applicant adviser committee coordinator   progress auditor viewer administrator
        /// Read an application with its submissions and what screening found.
        Read = "application.read" on Application        => [Joint,  Joint,    Never,  Never,    Running,      Running, Always, Never, Never];
        /// Read who changed what of an application.
        History = "application.history" on Application  => [Never,  Never,    Never,  Never,    Running,      Never,   Always, Never, Never];
        /// Begin an application of a body.
        Create = "application.create" on Body           => [Own,    Own,      Never,  Never,    Never,        Never,   Never,  Never, Never];
        /// Write an application.
        Change = "application.change" on Application    => [Own,    Own,      Never,  Never,    Never,        Never,   Never,  Never, Never];
        /// Submit an application.
        Submit = "application.submit" on Application    => [Own,    Own,      Never,  Never,    Never,        Never,   Never,  Never, Never];
        /// Take an application back.
        Withdraw = "application.withdraw" on Application => [Own,   Own,      Never,  Never,    Never,        Never,   Never,  Never, Never];
        /// Answer what the screeners have asked.
        Supplement = "application.supplement" on Application => [Own, Own,    Never,  Never,    Never,        Never,   Never,  Never, Never];
        /// Say whether an application is eligible; nobody does so of the own body's.
        Screen = "application.screen" on Application    => [Never,  Never,    Never,  Never,    RunningOther, Never,   Never,  Never, Never];
    }
    award {
        //                                            planner applicant adviser committee coordinator   progress      auditor viewer administrator
        /// Read an award with its agreement, steps and settlement.
        Read = "award.read" on Award             => [Joint,  Joint,    Never,  Never,    Running,      Running,      Always, Never, Never];
        /// Read who changed what of an award.
        History = "award.history" on Award       => [Never,  Never,    Never,  Never,    Running,      Never,        Always, Never, Never];
        /// Read how much of a call's money is committed, offered and left, and which reserves wait.
        Money = "award.money" on SupportCall     => [Never,  Never,    Never,  Never,    Own,          Own,          Always, Never, Never];
        /// Offer the selected applications of a call their awards.
        Offer = "award.offer" on SupportCall     => [Never,  Never,    Never,  Never,    Own,          Never,        Never,  Never, Never];
        /// Promote the next reserve of a track.
        Promote = "award.promote" on SupportCall => [Never,  Never,    Never,  Never,    Own,          Never,        Never,  Never, Never];
        /// Give an application an award, whether selected or promoted; nobody does so to the own body's.
        Give = "award.give" on Application       => [Never,  Never,    Never,  Never,    RunningOther, Never,        Never,  Never, Never];
        /// Decide that a part only is awarded.
        Reduce = "award.reduce" on Award         => [Never,  Never,    Never,  Never,    RunningOther, Never,        Never,  Never, Never];
        /// Give up the own award.
        GiveUp = "award.give_up" on Award        => [Own,    Own,      Never,  Never,    Never,        Never,        Never,  Never, Never];
        /// Record that no agreement came about.
        Fail = "award.fail" on Award             => [Never,  Never,    Never,  Never,    RunningOther, Never,        Never,  Never, Never];
        /// Conclude the agreement, which opens a project with its budget lines.
        Agree = "award.agree" on Award           => [Never,  Never,    Never,  Never,    RunningOther, Never,        Never,  Never, Never];
        /// Terminate the agreement.
        Terminate = "award.terminate" on Award   => [Never,  Never,    Never,  Never,    RunningOther, Never,        Never,  Never, Never];
        /// Record the managing agency's steps: the plan, the choice of a supplier.
        RecordStep = "award.record_step" on Award => [Never, Never,    Never,  Never,    RunningOther, RunningOther, Never,  Never, Never];
        /// Record that a condition of the agreement was met.
        MeetCondition = "award.meet_condition" on Award => [Never, Never, Never, Never,  RunningOther, RunningOther, Never,  Never, Never];
        /// Record that an instalment was paid.
        Pay = "award.pay" on Award               => [Never,  Never,    Never,  Never,    RunningOther, Never,        Never,  Never, Never];
        /// Settle what was used, and what goes back.
        Settle = "award.settle" on Award         => [Never,  Never,    Never,  Never,    RunningOther, Never,        Never,  Never, Never];
    }
    expert {
        //                                         planner applicant adviser committee coordinator progress auditor viewer administrator
        /// Read an expert of the pool.
        Read = "expert.read" on Expert         => [Never,  Never,    Never,  Self_,    Always,     Never,   Always, Never, Never];
        /// Read who changed what of an expert.
        History = "expert.history" on Expert   => [Never,  Never,    Never,  Never,    Always,     Never,   Always, Never, Never];
        /// List the pool.
        List = "expert.list" on System         => [Never,  Never,    Never,  Never,    Always,     Never,   Always, Never, Never];
        /// Enter an expert.
        Create = "expert.create" on System     => [Never,  Never,    Never,  Never,    Always,     Never,   Never,  Never, Never];
        /// Change what is known of an expert, or take one out of the pool.
        Change = "expert.change" on Expert     => [Never,  Never,    Never,  Never,    Always,     Never,   Never,  Never, Never];
    }
    committee {
        //                                             planner applicant adviser committee coordinator progress auditor viewer administrator
        /// Read a committee with its members, draws and meetings.
        Read = "committee.read" on Committee       => [Never,  Never,    Never,  Member,   Running,    Never,   Always, Never, Never];
        /// Read who changed what of a committee.
        History = "committee.history" on Committee => [Never,  Never,    Never,  Never,    Running,    Never,   Always, Never, Never];
        /// Draw, appoint, replace members and name the chair.
        Compose = "committee.compose" on Committee => [Never,  Never,    Never,  Never,    Running,    Never,   Never,  Never, Never];
        /// Give the own pledge.
        Pledge = "committee.pledge" on Committee   => [Never,  Never,    Never,  Member,   Never,      Never,   Never,  Never, Never];
        /// Give applications to members.
        Assign = "committee.assign" on Committee   => [Never,  Never,    Never,  Never,    Running,    Never,   Never,  Never, Never];
    }
    panel {
        //                                          planner applicant adviser committee coordinator    progress auditor viewer administrator
        /// Read who judges an application and what stands between members and it; nobody does so of the own body's.
        Read = "panel.read" on Panel            => [Never,  Never,    Never,  Never,    RunningOther,  Never,   Always, Never, Never];
        /// Read the papers of an application to be scored.
        ReadPapers = "panel.read_papers" on Panel => [Never, Never,   Never,  Judge,    Never,         Never,   Always, Never, Never];
        /// Score an application.
        Score = "panel.score" on Panel          => [Never,  Never,    Never,  Judge,    Never,         Never,   Never,  Never, Never];
        /// Step aside from an application.
        Recuse = "panel.recuse" on Panel        => [Never,  Never,    Never,  Judge,    Never,         Never,   Never,  Never, Never];
        /// Take an application from a member, record a conflict; nobody does so where the own body applies.
        Change = "panel.change" on Panel        => [Never,  Never,    Never,  Never,    RunningOther,  Never,   Never,  Never, Never];
        /// Take an applicant's challenge up against a member; nobody does so where the own body applies.
        TakeUp = "panel.take_up" on Panel       => [Never,  Never,    Never,  Never,    RunningOther,  Never,   Never,  Never, Never];
        /// Decide on a conflict; nobody does so where the own body applies.
        Decide = "panel.decide" on Panel        => [Never,  Never,    Never,  Never,    RunningOther,  Never,   Never,  Never, Never];
    }
    challenge {
        //                                             planner applicant adviser committee coordinator    progress auditor viewer administrator
        /// Read an applicant's challenge.
        Read = "challenge.read" on Challenge       => [Own,    Own,      Never,  Never,    Running,       Never,   Always, Never, Never];
        /// Read who changed what of a challenge, and why.
        History = "challenge.history" on Challenge => [Never,  Never,    Never,  Never,    Running,       Never,   Always, Never, Never];
        /// Challenge somebody who may judge the own application.
        File = "challenge.file" on Application     => [Own,    Own,      Never,  Never,    Never,         Never,   Never,  Never, Never];
        /// Answer a challenge; nobody does so where the own body applies.
        Answer = "challenge.answer" on Challenge   => [Never,  Never,    Never,  Never,    RunningOther,  Never,   Never,  Never, Never];
    }
    scoring {
        //                                              planner applicant adviser committee coordinator progress auditor viewer administrator
        /// Read a score sheet; nobody does so where the own body applies.
        Read = "score_sheet.read" on ScoreSheet     => [Never,  Never,    Never,  Never,    RunningOther, Never, Always, Never, Never];
        /// Read how far the score sheets of a call are.
        Progress = "score_sheet.progress" on Committee => [Never, Never, Never,  Never,    Running,    Never,   Always, Never, Never];
        /// Open a submitted score sheet again; nobody does so where the own body applies.
        Reopen = "score_sheet.reopen" on ScoreSheet => [Never,  Never,    Never,  Never,    RunningOther, Never,   Never,  Never, Never];
    }
    selection {
        //                                               planner applicant adviser committee coordinator progress auditor viewer administrator
        /// Read what a call comes to, what was drawn and what was confirmed.
        Read = "selection.read" on Committee         => [Never,  Never,    Never,  Chair,    Running,    Never,   Always, Never, Never];
        /// Know what an application comes to before it is told, and who judges it; nobody does so of the own body's.
        See = "selection.see" on Application         => [Never,  Never,    Never,  Never,    RunningOther, Never, Always, Never, Never];
        /// Read the whole dossier of a call, as long as no application of the own body is in it.
        Dossier = "selection.dossier" on Committee   => [Never,  Never,    Never,  Never,    Running,    Never,   Always, Never, Never];
        /// Draw lots among equals, decide ratios that nobody has published.
        Prepare = "selection.prepare" on Committee   => [Never,  Never,    Never,  Never,    Running,    Never,   Never,  Never, Never];
        /// Confirm the result by the committee's meeting.
        Confirm = "selection.confirm" on Committee   => [Never,  Never,    Never,  Chair,    Never,      Never,   Never,  Never, Never];
        /// Read what became of an application.
        Notice = "selection.notice" on Application   => [Joint,  Joint,    Never,  Never,    Running,    Running, Always, Never, Never];
    }
    objection {
        //                                           planner applicant adviser committee coordinator    progress auditor viewer administrator
        /// Read an objection to a result.
        Read = "objection.read" on Objection     => [Own,    Own,      Never,  Never,    Running,       Never,   Always, Never, Never];
        /// Object to a result of the own application.
        Make = "objection.make" on Application   => [Own,    Own,      Never,  Never,    Never,         Never,   Never,  Never, Never];
        /// Answer an objection; nobody does so where the own body applies.
        Answer = "objection.answer" on Objection => [Never,  Never,    Never,  Never,    RunningOther,  Never,   Never,  Never, Never];
    }
} }
