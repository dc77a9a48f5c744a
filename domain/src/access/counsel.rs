//! The rows of the policy table on the advisory group (AX자문단): put behind those of `given.rs`.

/// Hands the rows before it, followed by its own, to the macro that makes the table.
macro_rules! with_counsel {
    ($then:ident ! { $($before:tt)* }) => {
        $then! {
            $($before)*
            adviser {
                //                                           planner applicant adviser committee coordinator progress auditor viewer administrator
                /// Read an adviser's terms.
                Read = "adviser.read" on Adviser         => [Never,  Never,    Self_,  Never,    Always,     Never,   Always, Never, Never];
                /// Read who changed what of an adviser.
                History = "adviser.history" on Adviser   => [Never,  Never,    Never,  Never,    Always,     Never,   Always, Never, Never];
                /// List the advisers.
                List = "adviser.list" on System          => [Never,  Never,    Never,  Never,    Always,     Never,   Always, Never, Never];
                /// Make an expert an adviser.
                Appoint = "adviser.appoint" on System    => [Never,  Never,    Never,  Never,    Always,     Never,   Never,  Never, Never];
                /// Change an adviser's terms, or release one.
                Change = "adviser.change" on Adviser     => [Never,  Never,    Never,  Never,    Always,     Never,   Never,  Never, Never];
            }
            consultation {
                //                                                      planner applicant adviser   committee coordinator progress auditor viewer administrator
                /// Read a consultation with its sessions and its advice.
                Read = "consultation.read" on Consultation          => [Joint,  Never,    Assigned, Never,    Always,     Never,   Always, Never, Never];
                /// Read who changed what of a consultation.
                History = "consultation.history" on Consultation    => [Never,  Never,    Never,    Never,    Always,     Never,   Always, Never, Never];
                /// Read the papers of the project about which one counsels.
                ReadPapers = "consultation.read_papers" on Consultation => [Never, Never, Assigned, Never,    Never,      Never,   Never,  Never, Never];
                /// Export the consultations, each reader those they may read.
                Export = "consultation.export" on System            => [Always, Never,    Never,    Never,    Always,     Never,   Always, Never, Never];
                /// Ask for counsel on a project that the body leads.
                Request = "consultation.request" on Project         => [Own,    Never,    Never,    Never,    Never,      Never,   Never,  Never, Never];
                /// Choose the adviser.
                Match = "consultation.match" on Consultation        => [Never,  Never,    Never,    Never,    Always,     Never,   Never,  Never, Never];
                /// Say yes or no to a consultation.
                Respond = "consultation.respond" on Consultation    => [Never,  Never,    Assigned, Never,    Never,      Never,   Never,  Never, Never];
                /// Record a session.
                Hold = "consultation.hold" on Consultation          => [Never,  Never,    Assigned, Never,    Never,      Never,   Never,  Never, Never];
                /// Report what came of it; a coordinator does so in the place of an adviser whose term is over.
                Report = "consultation.report" on Consultation      => [Never,  Never,    Assigned, Never,    Always,     Never,   Never,  Never, Never];
                /// Answer a piece of advice, and record what was done about it.
                Answer = "consultation.answer" on Consultation      => [Own,    Never,    Never,    Never,    Never,      Never,   Never,  Never, Never];
                /// End a consultation.
                Close = "consultation.close" on Consultation        => [Own,    Never,    Never,    Never,    Always,     Never,   Never,  Never, Never];
                /// Give a consultation up.
                Cancel = "consultation.cancel" on Consultation      => [Own,    Never,    Never,    Never,    Always,     Never,   Never,  Never, Never];
            }
        }
    };
}
