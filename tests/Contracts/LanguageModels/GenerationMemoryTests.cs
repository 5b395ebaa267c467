using System.Diagnostics;
using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Memory does not grow with the number of generated symbols, nor with the number of generators.</summary>
public class GenerationMemoryTests : LanguageModelCase
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Memory_stays_flat_over_many_symbols_and_dropped_generators(bool isQuantized)
    {
        RnnLanguageModelTransformer model = Fit(Joined, Lines);
        if (isQuantized) model = model.Quantize();
        var endless = new RnnGenerationOptions { Seed = 1, MaximumLength = int.MaxValue, StopAtDocumentEnd = false };
        await DropAsync(200);
        await StreamAsync(2_000);
        (long managed, long all) = Memory();
        await DropAsync(1_000);
        await StreamAsync(20_000);
        (long managedAfter, long allAfter) = Memory();
        Assert.True(managedAfter - managed < 4 << 20, $"managed memory grew by {(managedAfter - managed) >> 10} KB");
        Assert.True(allAfter - all < 32 << 20, $"private memory grew by {(allAfter - all) >> 20} MB");

        async Task StreamAsync(int symbols)
        {
            await foreach (string part in Generator(model).StreamAsync("la", endless))
                if ((symbols -= part.Length) <= 0) break;
        }

        // The enumerators are not disposed.
        async Task DropAsync(int generators)
        {
            for (int i = 0; i < generators; i++)
            {
                IAsyncEnumerator<string> dropped = Generator(model).StreamAsync("lo", endless with { Seed = i }).GetAsyncEnumerator();
                Assert.True(await dropped.MoveNextAsync());
                if (i % 100 == 0) Memory();
            }
        }
    }

    private static (long Managed, long All) Memory()
    {
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        return (managed, process.PrivateMemorySize64);
    }
}
