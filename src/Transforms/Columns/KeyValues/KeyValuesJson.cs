using System.Text.Json.Serialization;

namespace MlNetRnn.Columns;

/// <summary>JSON serialization of key values without reflection, for trimmed applications.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, Converters = [typeof(WallClockConverter)])]
[JsonSerializable(typeof(KeyValues.Stored))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(bool[]))]
[JsonSerializable(typeof(sbyte[]))]
[JsonSerializable(typeof(byte[]))]
[JsonSerializable(typeof(short[]))]
[JsonSerializable(typeof(ushort[]))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(uint[]))]
[JsonSerializable(typeof(long[]))]
[JsonSerializable(typeof(ulong[]))]
[JsonSerializable(typeof(float[]))]
[JsonSerializable(typeof(double[]))]
[JsonSerializable(typeof(DateTime[]))]
[JsonSerializable(typeof(DateTimeOffset[]))]
[JsonSerializable(typeof(TimeSpan[]))]
internal sealed partial class KeyValuesJson : JsonSerializerContext;
