//! The rows of the policy table on GPUs and on demand for resources (GPU 배분·수요조사): put behind those of `table.rs`.

/// Hands the rows before it, followed by its own and by those of `given.rs`, to the macro that makes the table.
macro_rules! with_gpu {
    ($then:ident ! { $($before:tt)* }) => {
        with_given! { $then! {
            $($before)*
            gpu_pool {
                //                                                planner applicant adviser committee coordinator progress auditor viewer administrator
                /// Read the GPU pools with their capacity.
                Read = "gpu_pool.read" on GpuPool              => [Always, Always,  Always, Never,    Always,     Always,  Always, Always, Never];
                /// Read who changed what of a pool.
                History = "gpu_pool.history" on GpuPool        => [Never,  Never,   Never,  Never,    Always,     Never,   Always, Never,  Never];
                /// Enter a pool.
                Create = "gpu_pool.create" on System           => [Never,  Never,   Never,  Never,    Always,     Never,   Never,  Never,  Never];
                /// Restate a pool's facts and terms.
                Change = "gpu_pool.change" on GpuPool          => [Never,  Never,   Never,  Never,    Always,     Never,   Never,  Never,  Never];
                /// Change a pool's capacity from a day on.
                Resize = "gpu_pool.resize" on GpuPool          => [Never,  Never,   Never,  Never,    Always,     Never,   Never,  Never,  Never];
                /// Offer what is free along the waiting list; the server does so every day.
                Offer = "gpu_pool.offer" on GpuPool            => [Never,  Never,   Never,  Never,    Always,     Never,   Never,  Never,  Always];
            }
            gpu_round {
                //                                         planner    applicant  adviser    committee coordinator progress   auditor viewer     administrator
                /// Read an allocation round.
                Read = "gpu_round.read" on GpuRound     => [Announced, Announced, Announced, Never,   Always,     Announced, Always, Announced, Never];
                /// Read who changed what of a round.
                History = "gpu_round.history" on GpuRound => [Never,   Never,     Never,     Never,   Always,     Never,     Always, Never,     Never];
                /// Prepare a round.
                Create = "gpu_round.create" on System   => [Never,     Never,     Never,     Never,   Always,     Never,     Never,  Never,     Never];
                /// Change the plan of a draft.
                Change = "gpu_round.change" on GpuRound => [Never,     Never,     Never,     Never,   Always,     Never,     Never,  Never,     Never];
                /// Bring a round further: announce it, end it, give it up.
                Advance = "gpu_round.advance" on GpuRound => [Never,   Never,     Never,     Never,   Always,     Never,     Never,  Never,     Never];
            }
            gpu_request {
                //                                               planner applicant adviser committee coordinator progress auditor viewer administrator
                /// Read a request for GPUs with what is allocated to it.
                Read = "gpu_request.read" on GpuRequest       => [Joint,  Joint,    Never,  Never,    Always,     Always,  Always, Never, Never];
                /// Read who changed what of a request.
                History = "gpu_request.history" on GpuRequest => [Joint,  Never,    Never,  Never,    Always,     Never,   Always, Never, Never];
                /// Ask for GPUs for a project that the body leads.
                Create = "gpu_request.create" on Project      => [Own,    Never,    Never,  Never,    Never,      Never,   Never,  Never, Never];
                /// Take a request back, or leave the waiting list.
                Withdraw = "gpu_request.withdraw" on GpuRequest => [Own,  Never,    Never,  Never,    Never,      Never,   Never,  Never, Never];
                /// Accept what is offered from the waiting list.
                Accept = "gpu_request.accept" on GpuRequest   => [Own,    Never,    Never,  Never,    Never,      Never,   Never,  Never, Never];
                /// Report the progress, which releases the next part.
                Report = "gpu_request.report" on GpuRequest   => [Own,    Never,    Never,  Never,    Never,      Never,   Never,  Never, Never];
                /// Give GPUs back.
                Return = "gpu_request.return" on GpuRequest   => [Own,    Never,    Never,  Never,    Never,      Never,   Never,  Never, Never];
                /// Say what screening has found; nobody does so of the own body's, nor where it takes part.
                Screen = "gpu_request.screen" on GpuRequest   => [Never,  Never,    Never,  Never,    Other,      Never,   Never,  Never, Never];
                /// Approve or refuse a request.
                Decide = "gpu_request.decide" on GpuRequest   => [Never,  Never,    Never,  Never,    Other,      Never,   Never,  Never, Never];
                /// Allocate GPUs, or put a request on the waiting list.
                Allocate = "gpu_request.allocate" on GpuRequest => [Never, Never,   Never,  Never,    Other,      Never,   Never,  Never, Never];
                /// Extend the period of an allocation.
                Extend = "gpu_request.extend" on GpuRequest   => [Never,  Never,    Never,  Never,    Other,      Never,   Never,  Never, Never];
                /// Take GPUs back.
                Reclaim = "gpu_request.reclaim" on GpuRequest => [Never,  Never,    Never,  Never,    Other,      Never,   Never,  Never, Never];
                /// Export requests and allocations, each reader what they may read.
                Export = "gpu_request.export" on System       => [Always, Never,    Never,  Never,    Always,     Always,  Always, Never, Never];
            }
            gpu_place {
                //                                     planner applicant adviser committee coordinator progress auditor viewer administrator
                /// Read places on waiting lists.
                Read = "gpu_place.read" on GpuPlace => [Joint,  Joint,    Never,  Never,    Always,     Always,  Always, Never, Never];
            }
            user_charge {
                //                                            planner applicant adviser committee coordinator progress auditor viewer administrator
                /// Read what users of GPUs are charged.
                Read = "user_charge.read" on UserCharge    => [Always, Always,  Always, Never,    Always,     Always,  Always, Always, Never];
                /// Decide what a class of users is charged.
                Decide = "user_charge.decide" on UserCharge => [Never, Never,   Never,  Never,    Always,     Never,   Never,  Never,  Never];
            }
            demand {
                //                                               planner applicant adviser committee coordinator progress auditor viewer administrator
                /// Read the demands of bodies for resources.
                Read = "demand.read" on ResourceDemand        => [Own,    Never,    Never,  Never,    Always,     Always,  Always, Never, Never];
                /// Record a demand of a body.
                Create = "demand.create" on Body              => [Own,    Never,    Never,  Never,    Never,      Never,   Never,  Never, Never];
                /// Change a demand, or take it back.
                Change = "demand.change" on ResourceDemand    => [Own,    Never,    Never,  Never,    Never,      Never,   Never,  Never, Never];
                /// Say how far a demand is met.
                Answer = "demand.answer" on ResourceDemand    => [Never,  Never,    Never,  Never,    OtherBody,      Never,   Never,  Never, Never];
            }
        } }
    };
}
