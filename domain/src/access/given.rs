//! The rows of the policy table on what projects are given and use (자원 지원): put behind those of `gpu.rs`.

/// Hands the rows before it, followed by its own and by those of `counsel.rs`, to the macro that makes the table.
macro_rules! with_given {
    ($then:ident ! { $($before:tt)* }) => {
        with_counsel! { $then! {
            $($before)*
            resource_request {
                //                                                             planner       applicant adviser committee coordinator progress auditor viewer administrator
                /// Read a resource request, as its project is read.
                Read = "resource_request.read" on Of<ResourceRequest>         => [FiledOrJoint, Joint, Never, Never, Filed, Filed, Always, Filed, Never];
                /// Export resource requests, each reader those they may read.
                Export = "resource_request.export" on System                  => [Always, Always, Never, Never, Always, Always, Always, Always, Never];
                /// Ask for a resource.
                Ask = "resource_request.ask" on Project                       => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
                /// Approve or reject a resource request; nobody does so of the own body's.
                Decide = "resource_request.decide" on Of<ResourceRequest>     => [Never, Never, Never, Never, OtherFiled, Never, Never, Never, Never];
                /// Record that something was supplied.
                Supply = "resource_request.supply" on Of<ResourceRequest>     => [Never, Never, Never, Never, OtherFiled, Never, Never, Never, Never];
                /// End what was supplied.
                End = "resource_request.end" on Of<ResourceRequest>           => [Own, Never, Never, Never, OtherFiled, Never, Never, Never, Never];
                /// Take a resource request back.
                Withdraw = "resource_request.withdraw" on Of<ResourceRequest> => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
            }
            foundation_model {
                //                                                               planner applicant adviser committee coordinator progress auditor viewer administrator
                /// List the foundation models.
                Read = "foundation_model.read" on System                      => [Always, Always, Always, Always, Always, Always, Always, Always, Always];
                /// Read one foundation model.
                Look = "foundation_model.look" on FoundationModel             => [Always, Always, Always, Always, Always, Always, Always, Always, Always];
                /// Enter a foundation model.
                Create = "foundation_model.create" on System                  => [Never, Never, Never, Never, Always, Never, Never, Never, Never];
                /// Restate a foundation model, or add a stage of its project.
                Change = "foundation_model.change" on FoundationModel         => [Never, Never, Never, Never, Always, Never, Never, Never, Never];
            }
            model_adoption {
                //                                                               planner applicant adviser committee coordinator progress auditor viewer administrator
                /// Read that a project uses a model, as the project is read.
                Read = "model_adoption.read" on Of<ModelAdoption>             => [FiledOrJoint, Joint, Never, Never, Filed, Filed, Always, Filed, Never];
                /// Record that a project uses a model.
                Record = "model_adoption.record" on Project                   => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
                /// Record that a project no longer uses a model.
                End = "model_adoption.end" on Of<ModelAdoption>               => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
            }
            common_service {
                //                                                               planner applicant adviser committee coordinator progress auditor viewer administrator
                /// List the services of the government-wide AI common base.
                Read = "common_service.read" on System                        => [Always, Always, Always, Always, Always, Always, Always, Always, Always];
                /// Read one service of the common base.
                Look = "common_service.look" on CommonService                 => [Always, Always, Always, Always, Always, Always, Always, Always, Always];
                /// Enter a service of the common base.
                Create = "common_service.create" on System                    => [Never, Never, Never, Never, Always, Never, Never, Never, Never];
                /// Restate a service of the common base.
                Change = "common_service.change" on CommonService             => [Never, Never, Never, Never, Always, Never, Never, Never, Never];
            }
            service_use {
                //                                                               planner applicant adviser committee coordinator progress auditor viewer administrator
                /// Read who uses a service of the common base; what a project uses is read as the project is.
                Read = "service_use.read" on Of<ServiceUse>                   => [FiledOrJoint, Joint, Never, Never, Filed, Filed, Always, Filed, Never];
                /// Record that a body uses a service of the common base.
                Record = "service_use.record" on Body                         => [Own, Never, Never, Never, Always, Never, Never, Never, Never];
                /// Record how many use it, or that it is no longer used.
                Change = "service_use.change" on Of<ServiceUse>               => [Own, Never, Never, Never, Filed, Never, Never, Never, Never];
            }
            dataset_use {
                //                                                               planner applicant adviser committee coordinator progress auditor viewer administrator
                /// Read which dataset a project uses, as the project is read.
                Read = "dataset_use.read" on Of<DatasetUse>                   => [FiledOrJoint, Joint, Never, Never, Filed, Filed, Always, Filed, Never];
                /// Record a dataset that a project uses.
                Record = "dataset_use.record" on Project                      => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
                /// Restate a dataset that a project uses.
                Change = "dataset_use.change" on Of<DatasetUse>               => [Own, Never, Never, Never, Never, Never, Never, Never, Never];
            }
        } }
    };
}
