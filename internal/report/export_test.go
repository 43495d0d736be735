package report

// RenderWith is Render with a given script instead of the built one.
var RenderWith = render
