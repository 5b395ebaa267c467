using FsCheck.Xunit;
using MlNetRnn.Decoding;

namespace MlNetRnn.Transforms.Tests.Decoding;

public class GenerationStateTests
{
    [Property]
    public void Bytes_give_the_same_state(byte[] model, int[] pending, int[] history, bool hasHistory, byte[] text, ulong random)
    {
        GenerationState state = GenerationState.FromBytes(new GenerationState(model, pending, hasHistory ? history : null, random) { Text = text }.ToBytes());
        Assert.Equal(model, state.Model);
        Assert.Equal(pending, state.Pending);
        Assert.Equal(hasHistory ? history : null, state.History);
        Assert.Equal(text, state.Text);
        Assert.Equal(random, state.Random);
    }

    [Fact]
    public void Changed_bytes_are_refused()
    {
        byte[] bytes = new GenerationState([1, 2, 3], [4], [5, 6], 7) { Text = [8] }.ToBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 16;
            Assert.Throws<FormatException>(() => GenerationState.FromBytes(changed));
            Assert.Throws<FormatException>(() => GenerationState.FromBytes(bytes.AsSpan(0, i)));
        }
    }
}
