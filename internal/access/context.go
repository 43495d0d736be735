package access

import "context"

type callerKey struct{}

// With is a context that knows who makes the request.
func With(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// Of is who makes the request, as the context knows it; the zero Caller when nobody knows.
func Of(ctx context.Context) Caller {
	c, _ := ctx.Value(callerKey{}).(Caller)
	return c
}
