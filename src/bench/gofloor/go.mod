// The function that a skilled team would write by hand; what it needs besides is added when it is built, in a copy.
module isobar.dev/gofloor

go 1.25.10

require (
	github.com/crossplane/crossplane/apis/v2 v2.4.0
	github.com/crossplane/function-sdk-go v0.7.0
)
