package access

import (
	"net/http"
	"strings"
)

// challenge is the header WWW-Authenticate as RFC 6750 has it: what was wrong with the token, which is empty if there was
// none, and the scope that would be right, unless it is Public.
func challenge(wrong string, needs Scope) http.Header {
	parts := []string{`Bearer realm="Influencer CRM"`}
	if wrong != "" {
		parts = append(parts, `error="`+wrong+`"`)
	}
	if needs > Public {
		parts = append(parts, `scope="`+needs.String()+`"`)
	}
	return http.Header{"Www-Authenticate": {strings.Join(parts, ", ")}}
}
