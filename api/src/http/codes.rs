//! Problems of the transport (전송 문제), beside those of the trade in `domain`.

use domain::codes;

codes! {
    UNAUTHENTICATED = "unauthenticated", 401, ["로그인이 필요합니다", "Sign in first"],
        ["유효한 접근 토큰을 Authorization 머리글에 넣으십시오. 만료되었으면 갱신하십시오.",
         "Send a valid access token in the Authorization header; refresh it when it has expired."];
    MALFORMED = "malformed", 400, ["요청을 읽을 수 없습니다", "The request cannot be read"],
        ["본문이 올바른 UTF-8 JSON인지 확인하십시오.", "Check that the body is valid JSON in UTF-8."];
    BAD_PAGE_TOKEN = "bad_page_token", 400, ["쪽 토큰이 올바르지 않습니다", "The page token is not valid"],
        ["같은 조건의 목록이 준 next_page_token만 쓰거나 첫 쪽부터 다시 읽으십시오.",
         "Use only a next_page_token of the same list with the same filters, or start from the first page."];
    METHOD_NOT_ALLOWED = "method_not_allowed", 405, ["이 주소에서 쓸 수 없는 메서드입니다", "This method is not offered here"],
        ["Allow 머리글의 메서드를 쓰십시오.", "Use a method of the Allow header."];
    TOO_LARGE = "too_large", 413, ["본문이 너무 큽니다", "The body is too large"],
        ["1 MiB보다 작게 나누어 보내십시오.", "Send less than 1 MiB."];
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type", 415, ["지원하지 않는 본문 형식입니다", "This media type is not taken here"],
        ["API 문서에 적힌 Content-Type으로 보내십시오.", "Send the Content-Type given in the API documentation."];
    VERSION_MISSING = "version_missing", 428, ["바꾸려는 판을 밝혀야 합니다", "Say which version you mean to change"],
        ["먼저 읽고, 받은 ETag를 If-Match 머리글에 넣으십시오.", "Read it first and send its ETag in If-Match."];
    VERSION_STALE = "version_stale", 412, ["그사이 다른 사람이 바꾸었습니다", "Somebody has changed it meanwhile"],
        ["다시 읽고 내용을 확인한 뒤 새 ETag로 보내십시오.", "Read it again, look at it, and send the new ETag."];
    KEY_REUSED = "idempotency_key_reused", 422, ["다른 요청에 쓴 재시도 키입니다", "This idempotency key belongs to another request"],
        ["새 요청에는 새 Idempotency-Key를 쓰십시오.", "Use a new Idempotency-Key for a new request."];
    BAD_HEADER = "bad_header", 400, ["머리글 값이 올바르지 않습니다", "A header is not valid"],
        ["errors에 표시된 머리글을 고치십시오.", "Correct the header named in errors."];
    IN_FLIGHT = "request_in_flight", 409, ["같은 키의 요청이 처리되고 있습니다", "A request with this key is under way"],
        ["잠시 뒤 같은 키로 다시 보내십시오.", "Send it again with the same key in a moment."];
    TAKEN = "already_taken", 409, ["이미 쓰이는 이름입니다", "This name is already taken"],
        ["다른 이름이나 코드를 쓰십시오.", "Use another name or code."];
    NOT_AS_OF = "not_as_of", 422, ["기준일 조회와 함께 쓸 수 없습니다", "This does not go with as_of"],
        ["as_of 없이 쓰거나 이 매개변수를 빼십시오.", "Leave out as_of or this parameter."];
    RATE_LIMITED = "rate_limited", 429, ["요청이 너무 잦습니다", "Too many requests"],
        ["Retry-After 만큼 기다린 뒤 다시 보내십시오.", "Wait as long as Retry-After says."];
    ADDRESS_TOO_LONG = "address_too_long", 414, ["주소가 너무 깁니다", "The address is too long"],
        ["경로와 조건을 합쳐 8,192바이트보다 짧게 하십시오.", "Keep path and query under 8,192 bytes."];
    NOT_ACCEPTABLE = "not_acceptable", 406, ["원하는 부호화로 보낼 수 없습니다", "It cannot be sent in the encoding asked for"],
        ["Accept-Encoding에 gzip 또는 identity를 허용하십시오.", "Allow gzip or identity in Accept-Encoding."];
    INTERNAL = "internal", 500, ["서버 오류가 발생했습니다", "The server failed"],
        ["request_id를 알려 운영자에게 문의하십시오.", "Tell the operators the request_id."];
    UNAVAILABLE = "unavailable", 503, ["지금은 처리할 수 없습니다", "Not available at the moment"],
        ["Retry-After 만큼 기다린 뒤 다시 보내십시오.", "Wait as long as Retry-After says and send it again."];
    TIMED_OUT = "timed_out", 503, ["정해진 시간 안에 처리하지 못했습니다", "It was not done within the time allowed"],
        ["잠시 뒤 다시 보내고, 되풀이되면 조건을 좁히십시오. 바꾸는 요청이었다면 같은 Idempotency-Key로 다시 보내십시오.",
         "Send it again in a moment, or narrow the filters; if it changed something, with the same Idempotency-Key."];
    NOT_READY = "not_ready", 503, ["요청을 받을 준비가 되지 않았습니다", "The server is not ready"],
        ["errors의 항목이 풀리면 저절로 돌아옵니다. 이 서버로는 요청을 보내지 마십시오.",
         "It recovers once the items in errors do; send no requests to this server meanwhile."];
    DRAINING = "draining", 503, ["서버가 멈추는 중입니다", "The server is stopping"],
        ["다른 서버로 보내십시오.", "Use another server."];
    DATABASE_AWAY = "database_away", 503, ["데이터베이스에 닿지 않습니다", "The database cannot be reached"],
        ["데이터베이스가 돌아오면 다시 시작하지 않아도 이어집니다.", "Service resumes without a restart when it is back."];
    MIGRATIONS_PENDING = "migrations_pending", 503, ["스키마가 프로그램과 맞지 않습니다", "The schema is behind the program"],
        ["axtrack migrate up 을 실행하십시오.", "Run axtrack migrate up."];
    DISK_FULL = "disk_full", 503, ["데이터베이스 디스크의 빈자리가 모자랍니다", "The database's disk is nearly full"],
        ["자리를 비우거나 디스크를 늘리십시오.", "Free some space or enlarge the disk."];
}
