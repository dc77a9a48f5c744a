//! The audit trail (감사 기록): what became of an attempt, and what can be wrong with a trail.

use crate::{code_list, day::Instant, text::Line};
use serde::{Deserialize, Serialize};

code_list! {
    /// What became of an attempt.
    #[schema(as = AuditOutcome)]
    pub enum Outcome {
        /// It was done.
        Done = "done" / "처리됨",
        /// The policy refused it.
        Denied = "denied" / "거부됨",
        /// Something was read that is worth recording.
        Read = "read" / "열람됨",
    }
}

code_list! {
    /// How an audit trail fails a verification.
    pub enum Flaw {
        /// The entry does not have the hash that was made of it.
        Edited = "edited" / "내용이 바뀜",
        /// The entry stands at another place of its chain than it was written for.
        Moved = "moved" / "자리가 바뀜",
        /// The entry is not there, though later ones of its chain are.
        Missing = "missing" / "빠짐",
        /// The entry is in order by itself, but is not the one that was followed: it and its hash were made anew.
        Rewritten = "rewritten" / "새로 쓰임",
        /// The chain ends before this entry, which once was there.
        CutShort = "cut_short" / "뒤가 잘림",
        /// The whole chain is not there, though it once was.
        Removed = "removed" / "통째로 없어짐",
        /// An entry's number in the whole trail is not there.
        NumberMissing = "number_missing" / "일련번호가 빠짐",
        /// The subject has a version of which no entry tells.
        Unrecorded = "unrecorded" / "기록 없는 판",
        /// The trail tells of a subject, or of a version of it, that is not there.
        UnknownSubject = "unknown_subject" / "대상이 없음",
        /// The list of entries that mention a subject does not agree with the entries.
        MentionWrong = "mention_wrong" / "언급 목록 불일치",
        /// The trail up to the checkpoint is not what it was when the checkpoint was taken.
        CheckpointDiffers = "checkpoint_differs" / "확인점과 다름",
    }
}

/// One flaw of a trail: which entry, and how it fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// How it fails.
    pub flaw: Flaw,
    /// Kind of the chain's subject; empty when the flaw is of the trail as a whole.
    #[schema(max_length = 60, pattern = "^[a-z_]*$", example = "project")]
    pub subject_kind: String,
    /// Id of the chain's subject.
    #[schema(max_length = 200, pattern = r"^[^\u0000-\u001f]*$", example = "01890a5d-ac96-774b-bcce-b302099a8057")]
    pub subject_id: String,
    /// The entry's place in its chain, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub n: Option<i64>,
    /// The entry's number in the whole trail.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub seq: Option<i64>,
}

/// The state of the whole trail at a moment, small enough to be kept elsewhere: on paper, in another house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    /// When it was taken.
    pub at: Instant,
    /// The last entry that it covers, by its number in the whole trail; 0 when there is none.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub last_seq: i64,
    /// How many chains it covers.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub chains: u64,
    /// How many entries it covers.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub entries: u64,
    /// The Merkle root over the heads of all chains, 64 hex digits.
    #[schema(pattern = "^[0-9a-f]{64}$", max_length = 64)]
    pub root: Line<64>,
}

/// The end of a chain at a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Kind of the chain's subject.
    pub kind: String,
    /// Id of the chain's subject.
    pub id: String,
    /// Place of its last entry.
    pub n: i64,
    /// Hash of its last entry, 64 hex digits.
    pub hash: Line<64>,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AuditReport)]
pub struct Report {
    /// The trail as it is now. Keep it elsewhere, to verify against later.
    pub checkpoint: Checkpoint,
    /// How many flaws there are.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub flaws: u64,
    /// The first thousand of them.
    #[schema(max_items = 1000)]
    pub findings: Vec<Finding>,
}

impl Report {
    /// How many findings are told one by one.
    pub const MOST: usize = 1000;

    /// Notes a flaw.
    pub fn found(&mut self, finding: Finding) {
        self.flaws = self.flaws.saturating_add(1);
        if self.findings.len() < Self::MOST {
            self.findings.push(finding);
        }
    }
    /// True when nothing is wrong.
    pub const fn is_sound(&self) -> bool {
        self.flaws == 0
    }
}
