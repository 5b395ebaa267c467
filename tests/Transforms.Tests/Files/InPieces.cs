namespace MlNetRnn.Transforms.Tests.Files;

/// <summary>A stream that returns a few bytes at a time, like a network stream.</summary>
internal sealed class InPieces(byte[] bytes, int piece) : MemoryStream(bytes)
{
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, piece)]);
}
