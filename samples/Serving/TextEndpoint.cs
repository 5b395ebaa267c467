namespace MlNetRnn.Samples.Serving;

/// <summary>An endpoint for texts: reads the request, waits for a place, scores, and answers.</summary>
/// <param name="limits">The limits of requests.</param>
/// <param name="admission">Limits the requests that are scored at once.</param>
/// <param name="mayExplain">Whether the request may ask for the importance of words.</param>
/// <param name="answer">Scores the texts.</param>
internal sealed class TextEndpoint(ServiceLimits limits, Admission admission, bool mayExplain, Func<TextsRequest, Reply> answer)
{
    /// <summary>Handles a request.</summary>
    public async Task Handle(HttpContext context)
    {
        TextsRequest request = TextsRequest.Parse(await RequestBody.Read(context.Request, limits), limits, mayExplain);
        Reply reply;
        // A place is held only while texts are scored: a client that sends or reads slowly does not delay the others.
        using (await admission.Enter(context.RequestAborted)) reply = answer(request);
        await context.Response.WriteAsJsonAsync(reply, ServiceJson.Options, context.RequestAborted);
    }
}
