using System.Text;
using Microsoft.ML;
using MlNetRnn;

/// <summary>Generates with a loaded language model: in a type of its own, so that loading needs nothing but ML.NET.</summary>
internal static class Generation
{
    /// <summary>Prints the bytes of the text that follows a prompt, once sampled and once by a beam search, each in one line.</summary>
    public static void Print(MLContext ml, ITransformer model, string prompt, int seed)
    {
        RnnTextGenerator generator = ml.Rnn().CreateTextGenerator(model);
        RnnGenerationOptions[] ways = [new() { Seed = seed, MaximumLength = 50 }, new() { BeamWidth = 4, MaximumLength = 50 }];
        foreach (RnnGenerationOptions options in ways)
            Console.WriteLine(Convert.ToHexString(Encoding.Unicode.GetBytes(generator.Generate(prompt, options))));
    }
}
