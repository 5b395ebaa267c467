namespace MlNetRnn.Transforms.Tests.Files;

/// <summary>A stream that gives some bytes at a time, as one from a network does.</summary>
internal sealed class InPieces(byte[] bytes, int piece) : MemoryStream(bytes)
{
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, piece)]);
}
