using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace MlNetRnn.Samples.Serving;

/// <summary>The details of errors, which ASP.NET writes as application/problem+json (RFC 9457): what was expected, and what was received.</summary>
internal static class Problems
{
    private const int LongestShown = 100;

    /// <summary>The status of an exception: that of an invalid request, or 500. Invalid requests are not logged.</summary>
    public static ExceptionHandlerOptions Handling { get; } = new()
    {
        StatusCodeSelector = exception => exception is BadHttpRequestException request ? request.StatusCode : StatusCodes.Status500InternalServerError,
        SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
    };

    /// <summary>Adds the detail to an error.</summary>
    public static void Describe(ProblemDetailsContext context) =>
        context.ProblemDetails.Detail ??= Detail(context.ProblemDetails, context.HttpContext, context.Exception);

    /// <summary>Returns the beginning of a long text.</summary>
    public static string Shortened(string text) => text.Length <= LongestShown ? text : $"{text[..LongestShown]}…";

    /// <summary>Returns the answer to a request whose properties are not valid for the model.</summary>
    /// <param name="errors">The errors of each property.</param>
    public static ValidationProblem Invalid(IDictionary<string, string[]> errors) => TypedResults.ValidationProblem(errors, Detail(errors));

    /// <summary>Returns the error of a request whose body is not declared as an image.</summary>
    public static string ExpectedImageType(HttpRequest request) =>
        $"Content-Type: expected image/png, image/jpeg or that of another image, got {TypeOf(request)}";

    private static string? Detail(ProblemDetails problem, HttpContext context, Exception? exception)
    {
        HttpRequest request = context.Request;
        var limits = context.RequestServices.GetRequiredService<ServiceLimits>();
        return problem switch
        {
            HttpValidationProblemDetails invalid =>
                Detail(invalid.Errors),
            { Status: 400 } when request.Path == $"/{CaptionerModel.Role}" => $"expected {CaptionRequest.Example}, got {Received(exception)}",
            { Status: 400 } => $"expected JSON such as {ExampleOf(request)}, got {Received(exception)}",
            { Status: 404 } => $"expected one of the paths /, /classify, /tag, /continue, /translate, /caption and /health, got {Shortened(request.Path)}",
            { Status: 405 } => $"{Shortened(request.Path)}: expected {context.Response.Headers.Allow}, got {request.Method}",
            { Status: 408 } => $"expected a body that arrives with at least {limits.BodyRate.BytesPerSecond} bytes per second, got a slower one",
            { Status: 413 } => $"expected a body of at most {LongestBody(context) ?? limits.Body} bytes, got a longer one",
            { Status: 415 } => $"Content-Type: expected {MediaTypeNames.Application.Json}, got {TypeOf(request)}",
            // An error of the service itself reveals no details.
            { Status: 500 } => "the service failed; its log contains the error",
            _ => null,
        };
    }

    private static long? LongestBody(HttpContext context) => context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;

    private static string TypeOf(HttpRequest request) => request.ContentType is { } type ? $"'{Shortened(type)}'" : "none";

    private static string Detail(IDictionary<string, string[]> errors) =>
        string.Join("; ", errors.SelectMany(error => error.Value.Select(message => Of(error.Key, message))));

    private static string ExampleOf(HttpRequest request) => request.Path.Value switch
    {
        "/" + WriterModel.Role => ContinueRequest.Example,
        "/" + TranslatorModel.Role => TranslateRequest.Example,
        _ => TextsRequest.Example,
    };

    private static string Of(string property, string message) => property.Length == 0 ? message : $"{property}: {message}";

    /// <summary>Describes a body that is not a request. The messages of the serializer contain names of .NET types; its path is that of the client.</summary>
    private static string Received(Exception? exception) => exception?.InnerException switch
    {
        JsonException { Path: { } path, LineNumber: { } line, BytePositionInLine: { } at } =>
            $"something else at {Shortened(path)} (line {line + 1}, byte {at + 1})",
        JsonException { Path: { } path } => $"something else at {Shortened(path)}",
        _ => "something else",
    };
}
