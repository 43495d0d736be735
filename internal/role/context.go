package role

import "context"

type subjectKey struct{}

// With is a context that knows who asks and what he may do. It goes through the
// house with the request.
func With(ctx context.Context, s Subject) context.Context {
	return context.WithValue(ctx, subjectKey{}, s)
}

// Of is who asks, as the context knows it; the zero Subject may do nothing.
func Of(ctx context.Context) Subject {
	s, _ := ctx.Value(subjectKey{}).(Subject)
	return s
}
