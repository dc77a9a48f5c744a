//! What can be wrong with accounts (계정) and sign-ins, in coded words.

use crate::codes;

codes! {
    SIGN_IN_FAILED = "sign_in_failed", 401, ["로그인하지 못했습니다", "The sign-in failed"],
        ["로그인 이름과 비밀번호를 확인하십시오. 정지된 계정도 이렇게 답합니다.",
         "Check the sign-in name and the password. A suspended account is answered the same way."];
    SESSION_ENDED = "session_ended", 401, ["로그인 세션이 끝났습니다", "The session has ended"],
        ["다시 로그인하십시오. 갱신 토큰은 한 번만 쓸 수 있으며, 다시 쓰면 세션이 끝납니다.",
         "Sign in again. A refresh token works once; using it again ends the session."];
    ONE_TIME_TOKEN_REFUSED = "one_time_token_refused", 401, ["일회용 토큰을 받아들이지 않았습니다", "The one-time token was not accepted"],
        ["토큰은 한 번, 정해진 시간 안에만 쓸 수 있습니다. 서버에서 새 토큰을 만드십시오.",
         "It works once and for a limited time. Make a new one on the server."];
    PASSWORD_MUST_CHANGE = "password_must_change", 403, ["비밀번호를 먼저 바꾸어야 합니다", "The password must be changed first"],
        ["비밀번호를 바꾼 뒤 다시 시도하십시오.", "Change the password, then try again."];
    PASSWORD_TOO_SHORT = "password_too_short", 422, ["비밀번호가 12자보다 짧습니다", "The password is shorter than 12 characters"],
        ["12자 이상으로 정하십시오. 여러 낱말로 된 문장을 권합니다.", "Use 12 characters or more; a phrase of several words is good."];
    PASSWORD_HAS_NAME = "password_has_name", 422,
        ["비밀번호에 로그인 이름이나 서비스 이름이 들어 있습니다", "The password contains the sign-in name or the service's name"],
        ["이름이 들어가지 않은 비밀번호를 정하십시오.", "Choose a password without the name."];
    PASSWORD_COMMON = "password_common", 422, ["너무 흔한 비밀번호입니다", "The password is too common"],
        ["남이 짐작하기 어려운 비밀번호를 정하십시오.", "Choose one that others will not guess."];
    PASSWORD_WRONG = "password_wrong", 422, ["지금 비밀번호가 다릅니다", "The current password is wrong"],
        ["지금 쓰는 비밀번호를 다시 넣으십시오. 잊었으면 시스템 관리자에게 초기화를 요청하십시오.",
         "Type the current password again; if it is forgotten, ask an administrator to reset it."];
    PASSWORD_SAME = "password_same", 422, ["지금과 같은 비밀번호입니다", "The new password is the current one"],
        ["다른 비밀번호를 정하십시오.", "Choose another password."];
    ADMINISTRATOR_EXISTS = "administrator_exists", 409, ["시스템 관리자가 이미 있습니다", "There is an administrator already"],
        ["있는 시스템 관리자에게 계정을 요청하십시오.", "Ask an existing administrator for an account."];
    DEMONSTRATION_REFUSED = "demonstration_refused", 409,
        ["다른 계정이 있는 데이터베이스에는 시연 계정을 만들지 않습니다", "Demonstration accounts are not made beside others"],
        ["시연에는 빈 데이터베이스를 쓰십시오. 시연 계정의 비밀번호는 공개되어 있습니다.",
         "Use an empty database for a demonstration: the demonstration accounts' password is public."];
    ROLE_HELD = "role_held", 422, ["이 기관에 대해 이미 가진 역할입니다", "The role is already held for this body"],
        ["기간을 바꾸려면 있던 역할을 거둔 뒤 다시 주십시오.", "To change its term, revoke it and grant it again."];
    EXPIRY_NOT_AHEAD = "expiry_not_ahead", 422, ["만료 시각이 지금보다 뒤가 아닙니다", "The expiry is not in the future"],
        ["지금보다 뒤의 시각을 넣으십시오.", "Give a moment in the future."];
    EXPIRY_TOO_FAR = "expiry_too_far", 422, ["만료 시각이 너무 멉니다", "The expiry is too far ahead"],
        ["서비스 키는 400일을 넘겨 쓸 수 없습니다.", "A service key lasts at most 400 days."];
    TOO_MANY_GRANTS = "too_many_grants", 422, ["역할이 너무 많거나 없습니다", "There are too many roles, or none"],
        ["역할의 수를 줄이거나 하나 이상 넣으십시오.", "Give fewer roles, or at least one."];
    ROLE_NOT_FOR_PROGRAMS = "role_not_for_programs", 422,
        ["프로그램에는 줄 수 없는 역할입니다", "This role is not given to programs"],
        ["시스템 관리자 역할은 사람의 계정에만 줄 수 있습니다.", "The administrator role is for people's accounts only."];
    GRANT_NOT_IN_FORCE = "grant_not_in_force", 409, ["이미 끝난 역할입니다", "The role is no longer in force"],
        ["계정의 역할 목록을 다시 확인하십시오.", "Look at the account's roles again."];
    GRANT_UNKNOWN = "grant_unknown", 404, ["이 계정에 없는 역할입니다", "The account has no such role grant"],
        ["역할 식별자를 확인하십시오.", "Check the id of the role grant."];
    LAST_ADMINISTRATOR_ROLE = "last_administrator_role", 409,
        ["자신의 마지막 시스템 관리자 역할은 거둘 수 없습니다", "Your own last administrator role cannot be revoked"],
        ["다른 시스템 관리자에게 부탁하십시오.", "Ask another administrator to do it."];
    OWN_ACCOUNT = "own_account", 409, ["자신의 계정에는 할 수 없습니다", "This cannot be done to your own account"],
        ["다른 시스템 관리자에게 부탁하십시오.", "Ask another administrator to do it."];
    ACCOUNT_NOT_ACTIVE = "account_not_active", 409, ["사용 중인 계정이 아닙니다", "The account is not active"],
        ["정지되거나 삭제된 계정은 먼저 복구하십시오.", "Restore a suspended or removed account first."];
    ACCOUNT_ACTIVE = "account_active", 409, ["이미 사용 중인 계정입니다", "The account is already active"],
        ["복구할 것이 없습니다.", "There is nothing to restore."];
    SERVICE_KEY_REVOKED = "service_key_revoked", 409, ["이미 폐기된 서비스 키입니다", "The service key is already revoked"],
        ["필요하면 새 키를 만드십시오.", "Make a new key if one is needed."];
    SIGNING_KEY_PENDING = "signing_key_pending", 409,
        ["아직 서명을 시작하지 않은 새 키가 있습니다", "A new key is waiting to sign"],
        ["새 키가 서명을 시작한 뒤에 다시 바꾸십시오.", "Rotate again once it has begun to sign."];
}
